import { z } from 'zod';
import { additionalFieldCollection } from '../../../shared/operation/collection';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { withoutEmpty } from '../../../shared/data/values';
import { leadOf } from '../../lead';
import { flowId } from '../flow/fields';
import { cutBatches, submitBatch, type BatchInput } from './batch';
import { leadDataFields, leadDataInput, leadDataOf } from './leadData';

/** No maximum of a batch is documented (docs/vendors/leadconduit.md#batch). */
const BATCH_SIZE = 100;

const positive = z.number().int('must be a whole number').positive('must be 1 or more');

/**
 * One request for a whole batch (docs/vendors/leadconduit.md#batch); like a single lead, an uncertain one is never
 * repeated.
 */
export const submitMany = operation<BatchInput>({
	name: 'Submit Many',
	value: 'submitMany',
	action: 'Submit many leads',
	description:
		'Send all input items as leads, one request per batch: 10,000 leads take 100 requests instead of 10,000, so minutes instead of ten hours at 1,000 requests an hour. Set On Error to "Continue (using error output)": leads that are refused or not processed go there, each with its reason.',
	fields: [
		flowId,
		...leadDataFields,
		additionalFieldCollection([
			{
				displayName: 'External ID',
				name: 'externalId',
				type: 'string',
				default: '',
				placeholder: 'e.g. row-1',
				description:
					'Your own ID of the lead, unique among the items. Without one the lead gets an ID that stays the same as long as the input does.',
			},
		]),
	],
	options: [
		{
			displayName: 'Batch Size',
			name: 'batchSize',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: BATCH_SIZE,
			description: 'How many leads to send in one request. LeadConduit states no maximum.',
		},
		{
			displayName: 'Continue on Error',
			name: 'continueOnError',
			type: 'boolean',
			default: true,
			description: 'Whether LeadConduit goes on with the other leads of a batch when one fails',
		},
		{
			displayName: 'Max Concurrent Leads',
			name: 'maxConcurrentLeads',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 10,
			description: 'How many leads of a batch LeadConduit works on at the same time',
		},
	],
	input: z.object({
		flowId: id,
		...leadDataInput,
		additionalFields: z
			.object({ externalId: z.union([z.string(), z.number()]).transform(String) })
			.partial()
			.default({}),
		options: z
			.object({
				batchSize: positive.default(BATCH_SIZE),
				continueOnError: z.boolean().default(true),
				maxConcurrentLeads: positive.optional(),
			})
			.default({}),
	}),
	safety: 'nonIdempotent',
	expected: { email: 'Email', phone: 'Phone' },
	batching: { cut: cutBatches, run: submitBatch },
	simplify: ({ lead_id, status, external_id, quality_score, batch_id }, input) => ({
		...leadOf({ id: lead_id, fields: leadDataOf(input), status }),
		...withoutEmpty({
			flowId: input.flowId,
			externalId: external_id,
			batchId: batch_id,
			qualityScore: quality_score,
		}),
	}),
	advice: { 413: 'Lower the Batch Size.' },
});
