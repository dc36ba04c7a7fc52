import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { submitOnce } from './lookUp';
import {
	answerOf,
	checkedOutcome,
	postingAdvice,
	postingFields,
	postingInput,
	postingOptions,
	postingRequest,
	simplifySubmission,
} from './posting';

const input = postingInput.extend({
	minimumPrice: z.number().nonnegative('must be 0 or more').default(0),
});

/** Two calls; the price of a ping is not reserved (docs/vendors/activeprospect.md#ping). */
export const pingAndSubmit = operation({
	name: 'Ping and Submit',
	value: 'pingAndSubmit',
	action: 'Ping and submit lead',
	description:
		'Ask a flow for its price, and submit the lead only if the price is high enough. Returns what became of both.',
	fields: [
		...postingFields,
		{
			displayName: 'Minimum Price',
			name: 'minimumPrice',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 0,
			description: 'In dollars. The lead is submitted if the flow bids this much or more.',
		},
	],
	options: postingOptions,
	input,
	safety: 'nonIdempotent',
	run: async (asked, send) => {
		const bid = checkedOutcome(answerOf(await send(postingRequest(asked, 'ping'))), asked);
		const isEnough = bid.outcome === 'success' && Number(bid.price ?? 0) >= asked.minimumPrice;
		if (!isEnough) return { ping: bid, submitted: false };
		const answer = checkedOutcome(await submitOnce(asked, send), asked);
		return { ...answer, ping: bid, submitted: true };
	},
	simplify: ({ ping: bid, submitted, ...answer }, asked) => {
		const { outcome, reason, price } = bid as IDataObject;
		const pinged = { pingOutcome: outcome, pingPrice: price ?? 0, ...(reason ? { pingReason: reason } : {}) };
		if (!submitted) return { flowId: asked.flowId, submitted, ...pinged };
		return { ...simplifySubmission(answer, asked), submitted, ...pinged };
	},
	advice: postingAdvice,
});
