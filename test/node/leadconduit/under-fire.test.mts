import type { IDataObject } from 'n8n-workflow';
import { flow, openStage, type Stage } from './stage.mts';

const REAL_HOUR = { limit: 1000, seconds: 3600 };

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
beforeEach(() => stage.leadconduit.reset());
afterAll(async () => await stage.close());

const requestsOf = (route: string) => stage.leadconduit.statistics().routes[route];
const BATCH = 'POST /flows/:flowId/leads/batch';

/** In every hundred leads three are like one before them, and one is not valid. */
const isDuplicate = (row: number) => [10, 40, 70].includes(row % 100);
const isInvalid = (row: number) => row % 100 === 99;
const emailOf = (row: number): string =>
	isInvalid(row) ? 'not an address' : `lead${isDuplicate(row) ? row - 5 : row}@shop.example`;
const rows = (count: number) => Array.from({ length: count }, (_, row) => ({ row, email: emailOf(row) }));

const mapped = {
	flowId: flow(),
	leadFields: { mappingMode: 'defineBelow', value: { email: '={{ $json.email }}' }, schema: [] },
	additionalFields: { externalId: '={{ $json.row }}' },
};
const submitMany = async (items: IDataObject[], settings: object) =>
	await stage.run(['lead', 'submitMany'], mapped, items, { settings });

describe('10,000 leads through Submit Many', () => {
	it('take 100 requests within the limits; each result is linked to its item, each failure has its reason', async () => {
		stage.limitTo({ hour: REAL_HOUR, minute: { limit: 25, seconds: 2 } });
		const items = rows(10_000);
		const result = await submitMany(items, { onError: 'continueErrorOutput' });

		expect(result.status).toBe('success');
		expect(requestsOf(BATCH)).toEqual({ requests: 100, statuses: { 207: 100 }, faults: {} });
		expect(stage.leadconduit.peak({ limit: 'general', windowMs: 2000 })).toBeLessThanOrEqual(25);
		expect(stage.leadconduit.duplicates({ kind: 'receive' })).toEqual({});
		expect([result.items.length, result.errorItems.length]).toEqual([9600, 400]);

		result.items.forEach(({ json, pairedItem }, index) => {
			const { item: row } = pairedItem as { item: number };
			expect([json.email, json.externalId]).toEqual([emailOf(row), String(row)]);
			expect(result.linkedInputs[index]).toEqual(items[row]);
		});
		result.errorItems.forEach(({ json, pairedItem }, index) => {
			const { item: row } = pairedItem as { item: number };
			const code = isInvalid(row) ? 'validation_failed' : 'duplicate_detected';
			expect([json.details, json.row, result.linkedErrorInputs[index]]).toEqual([{ code }, row, items[row]]);
		});
		console.info(
			`10,000 leads: ${requestsOf(BATCH).requests} requests, ${result.items.length} + ${result.errorItems.length} outputs, peak ${stage.leadconduit.peak({ limit: 'general', windowMs: 2000 })} of 25, ${result.durationMs} ms`,
		);
	}, 40_000);

	it('a reset after the third batch marks its 100 leads as uncertain, and no lead is sent twice', async () => {
		stage.limitTo();
		stage.leadconduit.addFault({
			method: 'POST',
			path: '/flows/*/leads/batch',
			every: 3,
			count: 1,
			fault: { kind: 'reset-after' },
		});
		const result = await submitMany(rows(10_000), { onError: 'continueErrorOutput' });

		const uncertain = result.errorItems.filter(({ json }) =>
			String(json.error).includes('may have received'),
		);
		const itemsOf = uncertain.map(({ pairedItem }) => (pairedItem as { item: number }).item);
		expect(uncertain).toHaveLength(100);
		expect(itemsOf).toEqual(Array.from({ length: 100 }, (_, index) => itemsOf[0] + index));
		expect(itemsOf[0] % 100).toBe(0);
		for (const { json } of uncertain)
			expect(json.message).toContain('Search for the lead in LeadConduit before you submit it again');
		expect(result.items.length + result.errorItems.length).toBe(10_000);
		expect(requestsOf(BATCH).requests).toBe(100);
		expect(stage.leadconduit.duplicates({ kind: 'receive' })).toEqual({});
		expect(Object.keys(stage.leadconduit.writes({ kind: 'receive' }))).toHaveLength(10_000);
		console.info(
			`reset after the third batch: ${uncertain.length} uncertain, ${requestsOf(BATCH).requests} requests, 0 leads twice`,
		);
	}, 40_000);

	it('Retry On Fail sends none again either', async () => {
		stage.limitTo();
		stage.leadconduit.addFault({
			method: 'POST',
			path: '/flows/*/leads/batch',
			every: 3,
			count: 1,
			fault: { kind: 'reset-after' },
		});
		const items = Array.from({ length: 500 }, (_, row) => ({ row, email: `retry${row}@shop.example` }));
		const { error } = await submitMany(items, { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
		expect(error?.description).toContain('This was in an earlier try of this execution.');
		expect(stage.leadconduit.duplicates({ kind: 'receive' })).toEqual({});
	});
});
