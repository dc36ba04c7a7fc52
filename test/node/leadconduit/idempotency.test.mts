import type { IDataObject } from 'n8n-workflow';
import { initDeduplication } from '../engine/deduplication.mts';
import { flow, openStage, type Stage } from './stage.mts';

jest.setTimeout(30_000);

let stage: Stage;
let deduplication: Awaited<ReturnType<typeof initDeduplication>>;
beforeAll(async () => {
	deduplication = await initDeduplication();
});
beforeEach(async () => {
	deduplication.reset();
	stage = await openStage();
	stage.limitTo();
});
afterEach(async () => await stage.close());

const submit = async (rows: IDataObject[]) =>
	await stage.run(
		['lead', 'submitMany'],
		{
			flowId: flow(),
			leadData: 'json',
			fieldsJson: '={{ { email: $json.email } }}',
			options: { idempotencyKey: '={{ $json.row }}' },
		},
		rows,
		{ mode: 'trigger', settings: { onError: 'continueRegularOutput' } },
	);

const row = (number: number, email = `${number}@shop.example`) => ({ row: `row ${number}`, email });
/** How often each of the test's leads was taken. */
const received = (): Record<string, number> => {
	const times: Record<string, number> = {};
	for (const { lead_data: data } of stage.leadconduit.leads({ flow: 'flow_plain' })) {
		const email = String(data.email);
		if (email.endsWith('@shop.example')) times[email] = (times[email] ?? 0) + 1;
	}
	return times;
};

describe('a batch whose items have keys', () => {
	it('holds only the items that were not done; those that were refused are sent again', async () => {
		const wrong = row(1, 'wrong');
		const first = await submit([row(0), wrong, row(2)]);
		expect(first.items.map(({ json }) => json.status ?? 'refused')).toEqual([
			'success',
			'refused',
			'success',
		]);

		const second = await submit([row(0), row(1), row(2), row(3)]);
		expect(second.items.map(({ json, pairedItem }) => [json.alreadyDone ?? json.email, pairedItem])).toEqual([
			[true, { item: 0 }],
			['1@shop.example', { item: 1 }],
			[true, { item: 2 }],
			['3@shop.example', { item: 3 }],
		]);
		expect(received()).toEqual(
			Object.fromEntries([0, 1, 2, 3].map((number) => [`${number}@shop.example`, 1])),
		);
	});

	it('sends the first of the items with one key, and says so for the others', async () => {
		const { items } = await submit([row(0), row(0), row(1), row(0)]);
		expect(items.map(({ json }) => json.alreadyDone ?? json.email)).toEqual([
			'0@shop.example',
			true,
			'1@shop.example',
			true,
		]);
		expect(received()).toEqual({ '0@shop.example': 1, '1@shop.example': 1 });
	});

	it('that may have arrived keeps the keys of all its items', async () => {
		stage.leadconduit.addFault({ count: 1, fault: { kind: 'reset-after' } });
		const first = await submit([row(0), row(1)]);
		expect(first.items.every(({ json }) => String(json.error).includes('may have received'))).toBe(true);
		const second = await submit([row(0), row(1), row(2)]);
		expect(second.items.map(({ json }) => json.error ?? json.email)).toEqual([
			expect.stringMatching(/may have received .*"row 0", but it is not certain/),
			expect.stringMatching(/may have received .*"row 1", but it is not certain/),
			'2@shop.example',
		]);
		expect(received()).toEqual(Object.fromEntries([0, 1, 2].map((number) => [`${number}@shop.example`, 1])));
	});
});
