import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { z } from 'zod';
import { withoutEmpty } from '../../../shared/data/values';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { newestEvents } from '../../eventQuery';
import { simplifyEvent, simplifyHit } from '../../lead';
import { leadId } from '../pickers';

/** There is no request for one lead: its source event holds it (docs/vendors/activeprospect.md#events). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get lead',
	description: 'Retrieve one lead with what became of it, from its source event',
	fields: [leadId],
	input: z.object({ leadId: id }),
	safety: 'safe',
	orderingKey: (input) => input.leadId,
	run: async (input, send) => {
		const [event] = await newestEvents({ types: ['source'], leadId: input.leadId }, send, 1);
		if (event) return event;
		const answer = (await send({
			method: 'GET',
			path: ['search', 'leads'],
			query: { query: input.leadId, limit: 10 },
		})) as { hits?: IDataObject[] };
		const hit = (answer.hits ?? []).find(({ lead_id: found }) => found === input.leadId);
		if (hit) return hit;
		throw new UserError('ActiveProspect could not find the lead', {
			description: 'Check the ID. Events are kept for 90 days, and the lead may belong to another account.',
		});
	},
	simplify: (record) => {
		if (!('vars' in record)) return simplifyHit(record);
		const { lead, outcome, reason, flowId, flowName, sourceName, price } = simplifyEvent(record);
		return {
			...(lead as IDataObject),
			...withoutEmpty({ outcome, reason, flowId, flowName, sourceName, price }),
		};
	},
});
