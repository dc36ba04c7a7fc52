import { withoutEmpty } from '../../../shared/data/values';
import { operation } from '../../../shared/operation/operation';

import {
	answerOf,
	checkedOutcome,
	postingAdvice,
	postingFields,
	postingInput,
	postingOptions,
	postingRequest,
} from './posting';

/** Makes no lead (docs/vendors/activeprospect.md#ping). */
export const ping = operation({
	name: 'Ping',
	value: 'ping',
	action: 'Ping flow with lead',
	description:
		'Ask what a flow would pay for a lead, without submitting it. No bid is a result, not an error. The price is not reserved.',
	fields: postingFields,
	options: postingOptions,
	input: postingInput,
	safety: 'idempotent',
	request: (input) => postingRequest(input, 'ping'),
	output: (answer, input) => {
		const { outcome, reason, price, ...rest } = checkedOutcome(answerOf(answer), input);
		return { ...withoutEmpty({ flowId: input.flowId, outcome, reason }), price: price ?? 0, ...rest };
	},
	advice: postingAdvice,
});
