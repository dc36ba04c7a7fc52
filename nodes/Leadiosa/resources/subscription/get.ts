import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { paths, unwrap } from '../../vendor';

/** `GET /billing/subscription` (docs/vendors/leadiosa.md#resources). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get subscription',
	description: 'Retrieve the plan of the workspace, its billing period and its AI token usage',
	fields: [],
	input: z.object({}),
	safety: 'safe',
	request: () => ({ method: 'GET', path: paths.subscription }),
	output: unwrap,
});
