import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { additionalFieldCollection } from '../../../shared/operation/collection';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { RefusedError } from '../../../shared/transport/requestError';
import { withoutEmpty } from '../../../shared/data/values';
import { leadOf, outcomeOf } from '../../lead';
import { flowId } from '../flow/fields';
import { checkedLead, leadDataFields, leadDataInput, leadDataOf } from './leadData';

const input = z.object({
	flowId: id,
	...leadDataInput,
	additionalFields: z
		.object({ trustedFormCertUrl: z.string().url('must be a URL that starts with https://') })
		.partial()
		.default({}),
	options: z
		.object({
			testMode: z.boolean(),
			async: z.boolean(),
			timeout: z.number().int('must be a whole number').positive('must be 1 or more'),
			failOnRejection: z.boolean(),
		})
		.partial()
		.default({}),
});

/** Why a lead was rejected, where LeadConduit says it: in the answer or in the event that ended it. */
function reasonOf({ reason, events }: IDataObject): string | undefined {
	const failed = ((events ?? []) as IDataObject[]).find(({ outcome }) => outcome !== 'success');
	return (reason ?? failed?.reason) as string | undefined;
}

/** Leads cost money: an uncertain submission is never repeated (docs/vendors/leadconduit.md#submit). */
export const submit = operation({
	name: 'Submit',
	value: 'submit',
	action: 'Submit lead',
	description:
		'Send one lead into a flow. A rejected lead is a result, not an error. For many leads use Submit Many: it takes one request per 100 leads.',
	fields: [
		flowId,
		...leadDataFields,
		additionalFieldCollection([
			{
				displayName: 'TrustedForm Certificate URL',
				name: 'trustedFormCertUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://cert.trustedform.com/0a1b',
				description: "The proof of the lead's consent",
			},
		]),
	],
	options: [
		{
			displayName: 'Async',
			name: 'async',
			type: 'boolean',
			default: false,
			description:
				'Whether LeadConduit may answer before the lead has gone through the flow; its fate is then not in the answer',
		},
		{
			displayName: 'Fail on Rejection',
			name: 'failOnRejection',
			type: 'boolean',
			default: false,
			description: 'Whether a lead that the flow rejects fails its item, and so goes to the error output',
		},
		{
			displayName: 'Test Mode',
			name: 'testMode',
			type: 'boolean',
			default: false,
			description: 'Whether the lead is a test that is not delivered',
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 30000,
			description:
				'How many milliseconds the flow may take for the lead. This node waits up to 60 seconds for the answer.',
		},
	],
	input,
	safety: 'nonIdempotent',
	expected: { email: 'Email', phone: 'Phone' },
	request: ({ flowId: flow, additionalFields, options, ...data }) => {
		const settings = withoutEmpty({
			test_mode: options.testMode,
			async: options.async,
			timeout: options.timeout,
		});
		return {
			method: 'POST',
			path: ['flows', flow, 'leads'],
			body: {
				lead: checkedLead(leadDataOf(data)),
				...withoutEmpty({ trusted_form_cert_url: additionalFields.trustedFormCertUrl }),
				...(Object.keys(settings).length > 0 ? { options: settings } : {}),
			},
		};
	},
	output: (answer, { options }) => {
		const lead = (answer ?? {}) as IDataObject;
		if (options.failOnRejection && lead.status === 'rejected') {
			const message = [`lead ${String(lead.id)} was rejected`, reasonOf(lead)].filter(Boolean).join(': ');
			throw new RefusedError(
				{ message, code: 'rejected' },
				"Compare the lead with the flow's acceptance criteria.",
			);
		}
		return lead;
	},
	simplify: (answer, submitted) => {
		const { id: leadId, status, created_at: createdAt, flow_id: flow, quality_score: qualityScore } = answer;
		const { amount, currency } = (answer.pricing ?? {}) as IDataObject;
		return {
			...leadOf({ id: leadId, fields: leadDataOf(submitted), status, createdAt }),
			...withoutEmpty({
				flowId: flow,
				outcome: outcomeOf(status),
				qualityScore,
				price: amount,
				currency,
				reason: reasonOf(answer),
			}),
		};
	},
	advice: {
		404: 'Check the flow: it may have been deleted, or belong to another account.',
		409: 'The flow has had this lead before. It was not taken, nor paid for, a second time.',
	},
});
