import { networkPublication } from '../../entities';
import { getOne } from '../operations';

/** Contract 2.6. */
export const getPublication = getOne(networkPublication, {
	name: 'Get Publication',
	value: 'getPublication',
	description: 'Retrieve one publication of the partner network',
});
