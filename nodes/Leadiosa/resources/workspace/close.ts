import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { archiveStates, paths } from '../../vendor';
import { confirmation, confirmed } from '../../../shared/operation/confirmation';
import { changeArchiveStatus, OWNERS_ONLY } from './changeArchiveStatus';

/** `POST /workspace/close`; the whole path is assumed (docs/vendors/leadiosa.md#resources). */
export const close = operation({
	name: 'Close',
	value: 'close',
	action: 'Close workspace',
	description: 'Close the whole workspace for everybody. Only on explicit demand of its owner.',
	fields: [
		confirmation(
			'Confirm Closing',
			'Whether the whole workspace is to be closed. Nothing happens while this is off.',
		),
	],
	input: z.object({ confirm: confirmed }),
	safety: 'nonIdempotent',
	orderingKey: () => 'workspace',
	run: async (_input, send) => ({
		...(await changeArchiveStatus(paths.closeWorkspace, archiveStates.closed, send)),
		closed: true,
	}),
	advice: OWNERS_ONLY,
});
