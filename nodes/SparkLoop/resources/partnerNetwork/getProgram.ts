import { networkProgram } from '../../entities';
import { getOne } from '../operations';

/** Contract 2.6. */
export const getProgram = getOne(networkProgram, {
	name: 'Get Program',
	value: 'getProgram',
	description: 'Retrieve one partner program of the partner network',
});
