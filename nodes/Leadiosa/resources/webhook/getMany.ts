import { paths } from '../../vendor';
import { getMany as list } from '../operations';

/** `GET /webhooks`; a secret is never shown again (docs/vendors/leadiosa.md#registration). */
export const getMany = list({
	noun: 'webhooks',
	description: 'List the addresses that Leadiosa sends events to, those of Leadiosa Triggers included',
	path: paths.webhooks,
});
