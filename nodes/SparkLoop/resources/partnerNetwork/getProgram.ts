import { networkProgram } from '../../entities';
import { getOne } from '../operations';

/** `GET /partner_network/partner_programs/{id}` (docs/vendors/sparkloop.md#partner-network). */
export const getProgram = getOne(networkProgram, {
	name: 'Get Program',
	value: 'getProgram',
	description: 'Retrieve one partner program of the partner network',
});
