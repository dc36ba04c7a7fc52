import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { paths, unwrap } from '../../vendor';
import { OWNERS_ONLY } from './changeArchiveStatus';

/** `GET /workspace/archive-status`; what it answers is assumed (docs/vendors/leadiosa.md#fields). */
export const getArchiveStatus = operation({
	name: 'Get Archive Status',
	value: 'getArchiveStatus',
	action: 'Get archive status of workspace',
	description: 'Find out whether the workspace is active or closed',
	fields: [],
	input: z.object({}),
	safety: 'safe',
	orderingKey: () => 'workspace',
	request: () => ({ method: 'GET', path: paths.archiveStatus }),
	output: unwrap,
	advice: OWNERS_ONLY,
});
