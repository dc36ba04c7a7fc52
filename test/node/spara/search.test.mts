import { openSpara, type SparaStage } from './stage.mts';

const YEAR_S = 365 * 24 * 60 * 60;
const FROM = 1_735_689_600;
const COUNT = 100_000;

let stage: SparaStage;
beforeEach(async () => (stage = await openSpara()));
afterEach(async () => await stage.close());

const heapMb = (): number => {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed / 2 ** 20;
};

describe('Return All over 100,000 leads', () => {
	// Other patterns than this: test/unit/paging/requestCounts.test.mts.
	it('gives each exactly once in at most 160 requests', async () => {
		const ids = stage.sandbox.seedLeads({ count: COUNT, from: FROM, to: FROM + YEAR_S, pattern: 'daily' });
		const before = heapMb();
		const { error, items } = await stage.lead('search', { returnAll: true });
		const growth = heapMb() - before;
		const { requests } = stage.sandbox.statistics();
		console.info(
			`${items.length} leads, ${requests} requests, heap +${growth.toFixed(0)} MB with the output held`,
		);
		expect(error).toBeUndefined();
		const found = items.map(({ json }) => String(json.id));
		expect(new Set(found).size).toBe(found.length);
		expect(new Set(found)).toEqual(new Set([...ids, ...stage.sandbox.leads().map(({ id }) => id)]));
		expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
		expect(requests).toBeLessThanOrEqual(160);
	}, 60_000);

	it.each(['newest', 'oldest', 'shuffled'] as const)(
		'does so whatever the order of the answers (%s)',
		async (order) => {
			stage.sandbox.configure({ sortOrder: order });
			const ids = stage.sandbox.seedLeads({ count: 12_000, from: FROM, to: FROM + YEAR_S });
			const { items } = await stage.lead('search', {
				returnAll: true,
				filters: { start: new Date(FROM * 1000).toISOString() },
			});
			const found = new Set(items.map(({ json }) => json.id));
			expect(ids.filter((id) => !found.has(id))).toEqual([]);
			expect(found.size).toBe(items.length);
		},
		30_000,
	);

	it('names the second that holds more leads than one answer', async () => {
		stage.sandbox.seedLeads({ count: 3000, from: FROM, to: FROM + YEAR_S, sameSecond: 1200 });
		const { error, items } = await stage.lead('search', { returnAll: true });
		expect(error?.message).toMatch(
			/^There are more than 1,000 leads at 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/,
		);
		expect(error?.description).toMatch(/^\d+ results had been read before\./);
		expect(items).toEqual([]);
	}, 30_000);
});

describe('Limit', () => {
	it('asks once and says that there may be more', async () => {
		stage.sandbox.seedLeads({ count: 5000, from: FROM, to: FROM + YEAR_S });
		const { items, hints } = await stage.lead('search', { limit: 7 });
		expect(items).toHaveLength(7);
		expect(stage.sandbox.statistics().requests).toBe(1);
		expect(hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('more results than the 7') }),
		]);
	});

	it('gives what there is, and nothing for nobody', async () => {
		const { items, hints } = await stage.lead('search', { filters: { email: 'nobody@nowhere.example' } });
		expect(items).toEqual([]);
		expect(hints).toEqual([]);
	});
});
