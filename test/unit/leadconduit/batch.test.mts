import type { IDataObject } from 'n8n-workflow';
import { cutBatches, submitBatch, type BatchInput } from '../../../nodes/LeadConduit/resources/lead/batch.ts';
import type { RequestSpec } from '../../../nodes/shared/transport/transport.ts';

const item = (itemIndex: number, fieldsJson: IDataObject, more: Partial<BatchInput> = {}) => ({
	itemIndex,
	input: {
		flowId: 'flow_a',
		leadData: 'json' as const,
		leadFields: {},
		customFields: { field: [] },
		fieldsJson,
		additionalFields: {},
		options: { batchSize: 100, continueOnError: true },
		...more,
	},
});

/** Submits the items as one batch; the answer is made of what was sent. */
async function submit(
	items: Array<ReturnType<typeof item>>,
	answer: (leads: Array<{ external_id: string }>) => IDataObject,
) {
	const sent: RequestSpec[] = [];
	const results = await submitBatch(items, async (spec) => {
		sent.push(spec);
		return answer((spec.body as { leads: Array<{ external_id: string }> }).leads);
	});
	const byItem = new Map(
		results.map((result) => [
			result.itemIndex,
			'record' in result ? result.record : (result.error as Error).message,
		]),
	);
	return {
		sent,
		byItem,
		body: sent[0]?.body as { leads: Array<{ external_id: string; lead: IDataObject }>; options: IDataObject },
	};
}
const accept = (leads: Array<{ external_id: string }>) => ({
	batch_id: 'batch_1',
	results: leads
		.map(({ external_id }) => ({ external_id, status: 'success', lead_id: `lead of ${external_id}` }))
		.reverse(),
});

describe('cutting', () => {
	const sizes = (items: Array<ReturnType<typeof item>>) =>
		cutBatches(items).map((batch) => batch.map(({ itemIndex }) => itemIndex));

	it('keeps flows and options apart, and items in order', () => {
		const items = [0, 1, 2, 3, 4].map((index) =>
			item(index, {}, { flowId: index % 2 ? 'flow_b' : 'flow_a' }),
		);
		expect(sizes(items)).toEqual([
			[0, 2, 4],
			[1, 3],
		]);
		const stopping = { batchSize: 100, continueOnError: false };
		expect(sizes([item(0, {}), item(1, {}, { options: stopping }), item(2, {})])).toEqual([[0, 2], [1]]);
	});

	it('makes no batch larger than was asked for', () => {
		const items = Array.from({ length: 250 }, (_, index) => item(index, {}));
		expect(sizes(items).map(({ length }) => length)).toEqual([100, 100, 50]);
	});
});

describe('external IDs', () => {
	const idsOf = async (items: Array<ReturnType<typeof item>>) =>
		(await submit(items, accept)).body.leads.map(({ external_id }) => external_id);

	it('are made of the input: the same for the same, another for anything else', async () => {
		const ana = { email: 'ana@shop.example' };
		const [first, second] = await idsOf([item(0, ana), item(1, ana)]);
		expect(first).toMatch(/^n8n-[0-9a-f]{24}$/);
		expect(second).not.toBe(first);
		expect(await idsOf([item(0, ana), item(1, ana)])).toEqual([first, second]);
		expect(await idsOf([item(0, { ...ana, state: 'TX' })])).not.toContain(first);
		expect(await idsOf([item(0, ana, { flowId: 'flow_b' })])).not.toContain(first);
	});

	it('are the user’s own where given; one that comes twice is not sent', async () => {
		const own = { additionalFields: { externalId: 'row-1' } };
		const { byItem, body } = await submit(
			[item(0, { email: 'a@b.example' }, own), item(1, { email: 'c@d.example' }, own)],
			accept,
		);
		expect(body.leads).toEqual([{ external_id: 'row-1', lead: { email: 'a@b.example' } }]);
		expect(byItem.get(0)).toMatchObject({ lead_id: 'lead of row-1', batch_id: 'batch_1' });
		expect(byItem.get(1)).toBe('"External ID" must be unique, but item 0 has "row-1" too');
	});
});

describe('results', () => {
	const three = [0, 1, 2].map((index) =>
		item(index, { email: `${index}@shop.example` }, { additionalFields: { externalId: `row-${index}` } }),
	);

	it('go to their items by external ID, whatever their order', async () => {
		const { byItem } = await submit(three, accept);
		expect([0, 1, 2].map((index) => (byItem.get(index) as IDataObject).lead_id)).toEqual([
			'lead of row-0',
			'lead of row-1',
			'lead of row-2',
		]);
	});

	it('that are missing are uncertain, or not processed where the batch ended at a failure', async () => {
		const failing = () => ({
			results: [
				{
					external_id: 'row-0',
					status: 'error',
					error: { code: 'duplicate_detected', message: 'already present' },
				},
			],
		});
		const goingOn = await submit(three, failing);
		expect([...goingOn.byItem.values()]).toEqual([
			'already present',
			'LeadConduit gave no result for this lead, so it is not certain whether it was taken',
			'LeadConduit gave no result for this lead, so it is not certain whether it was taken',
		]);
		const ending = await submit(
			three.map((each) =>
				item(each.itemIndex, each.input.fieldsJson as IDataObject, {
					...each.input,
					options: { batchSize: 100, continueOnError: false },
				}),
			),
			failing,
		);
		expect([...ending.byItem.values()]).toEqual([
			'already present',
			'not processed, because its batch ended at a lead before it',
			'not processed, because its batch ended at a lead before it',
		]);
	});

	it('a lead without any value is not sent; without leads there is no request', async () => {
		const { sent, byItem } = await submit([item(0, { email: '', phone: null } as IDataObject)], accept);
		expect(sent).toEqual([]);
		expect(byItem.get(0)).toBe('There is nothing to submit: no field of the lead has a value');
	});

	it('says only what was filled in', async () => {
		const { body } = await submit(
			[item(0, { email: 'a@b.example', city: '', state: null } as IDataObject)],
			accept,
		);
		expect(body.leads[0].lead).toEqual({ email: 'a@b.example' });
		expect(body.options).toEqual({ continue_on_error: true });
	});

	it.each([{}, { results: null }, undefined as never, { results: 'none' }])(
		'an answer without a list of results, %j, leaves every lead uncertain',
		async (answer) => {
			const { byItem } = await submit(three, () => answer);
			expect([...byItem.values()]).toEqual(
				three.map(
					() => 'LeadConduit gave no result for this lead, so it is not certain whether it was taken',
				),
			);
		},
	);
});
