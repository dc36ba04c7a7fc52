import { operation } from '../../../shared/operation/operation';
import { submitOnce } from './lookUp';
import {
	checkedOutcome,
	postingAdvice,
	postingFields,
	postingInput,
	postingOptions,
	simplifySubmission,
} from './posting';

/** Every submission is billed, so none is sent twice (docs/vendors/activeprospect.md#submit). */
export const submit = operation({
	name: 'Submit',
	value: 'submit',
	action: 'Submit lead',
	description:
		'Send one lead into a flow as one of its sources. A declined lead is a result, not an error. Give each lead a unique reference: by it an uncertain submission is looked up.',
	fields: postingFields,
	options: postingOptions,
	input: postingInput,
	safety: 'nonIdempotent',
	run: async (input, send) => checkedOutcome(await submitOnce(input, send), input),
	simplify: (answer, input) => ({
		...simplifySubmission(answer, input),
		...(answer.foundByReference ? { foundByReference: true } : {}),
	}),
	advice: postingAdvice,
});
