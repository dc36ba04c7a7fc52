import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { RefusedError } from '../../../shared/transport/requestError';
import { redact } from '../../redact';
import { flowId } from '../pickers';
import { simplifyFlow } from './simplify';

/** Keys that are shown but not taken (docs/vendors/activeprospect.md#flows). */
const READ_ONLY = ['id', 'errors', 'created_at', 'updated_at'];

/** @throws RefusedError where a write was answered well but holds errors (docs/vendors/activeprospect.md#flows) */
function checkErrors({ errors }: IDataObject): void {
	const isEmpty = !errors || (typeof errors === 'object' && Object.keys(errors).length === 0);
	if (isEmpty) return;
	throw new RefusedError(
		{ message: typeof errors === 'string' ? errors : JSON.stringify(redact({ errors }).errors) },
		'Nothing was deployed. Mend the flow in LeadConduit, then try again.',
	);
}

/**
 * There is no request for a part of a flow: it is read, changed and written as a whole, and the last writer wins
 * (docs/vendors/activeprospect.md#flows).
 */
export const setEnabled = operation({
	name: 'Set Enabled',
	value: 'setEnabled',
	action: 'Enable or disable flow',
	description: 'Turn a flow on or off. It takes effect once the flow is deployed.',
	fields: [
		flowId,
		{
			displayName: 'Enabled',
			name: 'enabled',
			type: 'boolean',
			default: true,
			description: 'Whether the flow is to take leads',
		},
		{
			displayName: 'Deploy',
			name: 'deploy',
			type: 'boolean',
			default: false,
			description:
				'Whether to deploy the flow. That brings all its saved edits into force, those of other people too; without it nothing changes for leads.',
		},
	],
	input: z.object({ flowId: id, enabled: z.boolean().default(true), deploy: z.boolean().default(false) }),
	safety: 'idempotent',
	orderingKey: (input) => input.flowId,
	run: async (input, send) => {
		const path = ['flows', input.flowId];
		const flow = (await send({ method: 'GET', path, safety: 'safe' })) as IDataObject;
		const document = Object.entries(flow).filter(([key]) => !READ_ONLY.includes(key));
		const body = { ...Object.fromEntries(document), enabled: input.enabled };
		const written = (await send({ method: 'PUT', path, body })) as IDataObject;
		checkErrors(written);
		if (input.deploy) await send({ method: 'POST', path: [...path, 'deploy'] });
		return { ...written, deployed: input.deploy };
	},
	simplify: (record) => ({ ...simplifyFlow(record), deployed: record.deployed }),
});
