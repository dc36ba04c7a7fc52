import { networkPublication } from '../../entities';
import { getOne } from '../operations';

/** `GET /partner_network/publications/{id}` (docs/vendors/sparkloop.md#partner-network). */
export const getPublication = getOne(networkPublication, {
	name: 'Get Publication',
	value: 'getPublication',
	description: 'Retrieve one publication of the partner network',
});
