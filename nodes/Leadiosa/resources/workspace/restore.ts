import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { archiveStates, paths } from '../../vendor';
import { changeArchiveStatus, OWNERS_ONLY } from './changeArchiveStatus';

/** `POST /workspace/restore`; the whole path is assumed (docs/vendors/leadiosa.md#resources). */
export const restore = operation({
	name: 'Restore',
	value: 'restore',
	action: 'Restore workspace',
	description: 'Open a closed workspace again',
	fields: [],
	input: z.object({}),
	safety: 'nonIdempotent',
	orderingKey: () => 'workspace',
	run: async (_input, send) => ({
		...(await changeArchiveStatus(paths.restoreWorkspace, archiveStates.restored, send)),
		restored: true,
	}),
	advice: OWNERS_ONLY,
});
