import type { Resource } from '../../../shared/operation/operation';
import { close } from './close';
import { getArchiveStatus } from './getArchiveStatus';
import { restore } from './restore';

export const workspace: Resource = {
	name: 'Workspace',
	value: 'workspace',
	operations: [getArchiveStatus, close, restore],
};
