import { networkProgram } from '../../things';
import { getOne } from '../factories';

/** Contract 2.6. */
export const getProgram = getOne(networkProgram, {
	name: 'Get Program',
	value: 'getProgram',
	description: 'Retrieve one partner program of the partner network',
});
