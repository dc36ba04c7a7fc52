import { createHash } from 'node:crypto';
import { UserError, type IDataObject } from 'n8n-workflow';
import { attempt } from '../../../shared/attempt';
import type { BatchItem, BatchResult } from '../../../shared/operation/operation';
import { RefusedError } from '../../../shared/transport/requestError';
import type { Send } from '../../../shared/transport/transport';
import { withoutEmpty } from '../../../shared/data/values';
import { checkedLead, leadDataOf, type LeadDataInput } from './leadData';

/** What an item of Submit Many asks for. */
export interface BatchInput extends LeadDataInput {
	/** ID of the flow that the lead is submitted to; a request holds leads of one flow. */
	flowId: string;
	/** The user's own ID of the lead. */
	additionalFields: { externalId?: string };
	/** Leads in one request, whether the rest goes on after a refused one, and requests at once. */
	options: { batchSize: number; continueOnError: boolean; maxConcurrentLeads?: number };
}

interface Entry {
	itemIndex: number;
	external_id: string;
	lead: IDataObject;
}

/** As long as the input stays the same, so does the ID: a second run of the workflow cannot pass for other leads. */
function externalIdOf(
	{ flowId, additionalFields }: BatchInput,
	itemIndex: number,
	lead: IDataObject,
): string {
	const content = JSON.stringify([flowId, itemIndex, lead]);
	return (
		additionalFields.externalId ?? `n8n-${createHash('sha256').update(content).digest('hex').slice(0, 24)}`
	);
}

/** Items of the same flow and the same options, in batches of the size that these state. */
export function cutBatches<Item extends BatchItem<BatchInput>>(items: Item[]): Item[][] {
	const groups = new Map<string, Item[]>();
	for (const item of items) {
		const { flowId, options } = item.input;
		const key = JSON.stringify([flowId, options]);
		const group = groups.get(key);
		if (group) group.push(item);
		else groups.set(key, [item]);
	}
	return Array.from(groups.values()).flatMap((group) => {
		const size = group[0].input.options.batchSize;
		const count = Math.ceil(group.length / size);
		return Array.from({ length: count }, (_, batch) => group.slice(batch * size, (batch + 1) * size));
	});
}

/** What is to be sent, and what is wrong with the rest: a result can only be told apart by its external ID. */
function entriesOf(batch: Array<BatchItem<BatchInput>>): { entries: Entry[]; faults: BatchResult[] } {
	const entries = new Map<string, Entry>();
	const faults: BatchResult[] = [];
	for (const { itemIndex, input } of batch) {
		const read = attempt(() => {
			const lead = checkedLead(leadDataOf(input));
			const externalId = externalIdOf(input, itemIndex, lead);
			const other = entries.get(externalId);
			if (other) {
				throw new UserError(
					`"External ID" must be unique, but item ${other.itemIndex} has "${externalId}" too`,
					{
						description: 'Nothing was sent for this item. Give it an ID of its own, or none at all.',
					},
				);
			}
			return { itemIndex, external_id: externalId, lead };
		});
		if (read.ok) entries.set(read.value.external_id, read.value);
		else faults.push({ itemIndex, error: read.error });
	}
	return { entries: Array.from(entries.values()), faults };
}

/**
 * For a lead that the answer does not mention (without continue_on_error a batch ends at a failure: assumed,
 * docs/vendors/leadconduit.md#batch).
 */
function unmentioned(endedEarly: boolean): Error {
	if (!endedEarly) {
		return new UserError(
			'LeadConduit gave no result for this lead, so it is not certain whether it was taken',
			{
				description: 'Search for the lead in LeadConduit before you submit it again.',
			},
		);
	}
	const message = 'not processed, because its batch ended at a lead before it';
	return new RefusedError(
		{ message, code: 'not_processed' },
		'It was not taken: submit it again, or turn on Continue on Error.',
	);
}

/**
 * Submits one batch, and gives the result of each lead by its external ID, never by its position
 * (docs/vendors/leadconduit.md#batch).
 */
export async function submitBatch(batch: Array<BatchItem<BatchInput>>, send: Send): Promise<BatchResult[]> {
	const { entries, faults } = entriesOf(batch);
	if (entries.length === 0) return faults;
	const [{ input }] = batch;
	const { continueOnError, maxConcurrentLeads } = input.options;

	const answer = await send({
		method: 'POST',
		path: ['flows', input.flowId, 'leads', 'batch'],
		body: {
			leads: entries.map(({ external_id, lead }) => ({ external_id, lead })),
			options: withoutEmpty({ continue_on_error: continueOnError, max_concurrent: maxConcurrentLeads }),
		},
	});
	const { batch_id, results: told } = (answer ?? {}) as IDataObject;
	// The leads were handed in: whatever the answer lacks, they may have been taken.
	const results = new Map(
		(Array.isArray(told) ? (told as IDataObject[]) : []).map((result) => [
			String(result.external_id),
			result,
		]),
	);
	const hasFailed = Array.from(results.values()).some(({ status }) => status !== 'success');

	return [
		...faults,
		...entries.map(({ itemIndex, external_id }): BatchResult => {
			const result = results.get(external_id);
			if (!result) return { itemIndex, error: unmentioned(hasFailed && !continueOnError) };
			if (result.status === 'success')
				return { itemIndex, record: { ...result, ...withoutEmpty({ batch_id }) } };
			const { code, message } = (result.error ?? {}) as Record<string, string | undefined>;
			return {
				itemIndex,
				error: new RefusedError(
					{ code, message: message ?? code },
					'It was not taken. Correct the lead before you submit it again.',
				),
			};
		}),
	];
}
