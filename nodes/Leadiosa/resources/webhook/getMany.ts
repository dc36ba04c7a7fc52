import { paths } from '../../vendor';
import { getMany as list } from '../operations';

/** Contract 2.2. */
export const getMany = list({
	noun: 'webhooks',
	description: 'List the addresses that Leadiosa sends events to, those of Leadiosa Triggers included',
	path: paths.webhooks,
});
