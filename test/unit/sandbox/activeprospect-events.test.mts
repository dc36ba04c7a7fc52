import { openActiveProspect } from './activeprospectApi.mts';

let stage: Awaited<ReturnType<typeof openActiveProspect>>;
beforeAll(async () => (stage = await openActiveProspect()));
beforeEach(() => stage.activeprospect.reset());
afterAll(async () => await stage.close());

const find = async (query: object) => await stage.send('POST', '/events', query);
const ids = async (query: object) => (await find(query)).json.map(({ id }: { id: string }) => id);

describe('events', () => {
	it('are walked by exclusive cursors, in both directions', async () => {
		const all = stage.activeprospect.seedEvents({ count: 250 });
		const newestFirst = [...all].reverse();
		expect(await ids({})).toEqual(newestFirst.slice(0, 100));
		expect(await ids({ before_id: newestFirst[99], limit: 1000 })).toEqual(newestFirst.slice(100));
		expect(await ids({ sort: 'asc', after_id: all[240] })).toEqual(all.slice(241));
		expect(await ids({ sort: 'asc', after_id: all[249] })).toEqual([]);
	});

	it('lie between two times, both included', async () => {
		const from = stage.clock.now();
		const all = stage.activeprospect.seedEvents({ count: 5, from, stepMs: 1000 });
		const at = (second: number) => new Date(from + second * 1000).toISOString();
		expect(await ids({ sort: 'asc', start: at(1), end: at(3) })).toEqual(all.slice(1, 4));
	});

	it.each([
		['a filter of other clients', { lead_id: '1' }],
		['both include and exclude', { include: ['id'], exclude: ['vars'] }],
		['more than 1,000', { limit: 1001 }],
		['none', { limit: 0 }],
		['an order that is not there', { sort: 'newest' }],
		['rules as a text', { rules: '[]' }],
		['a time that is none', { start: 'yesterday' }],
		['an operator that is not there', { rules: [{ lhv: 'type', op: 'equals', rhv: 'source' }] }],
	])('%s is refused in plain text', async (_name, query) => {
		await stage.post('submit', { email: 'ana@shop.example', state: 'TX' });
		const { status, type } = await find(query);
		expect([status, type]).toEqual([400, 'text/plain']);
	});

	it('follow rules that must all hold, in the spelling that is set', async () => {
		await stage.post('submit', { email: 'ana@shop.example', state: 'TX' });
		await stage.post('submit', { email: 'ben@shop.example', state: 'WA' });
		const outcomes = async (...rules: object[]) =>
			(await find({ sort: 'asc', rules })).json?.map(({ type, outcome }: Record<string, string>) => [
				type,
				outcome,
			]);
		const isSource = { lhv: 'type', op: 'is equal to', rhv: 'source' };
		expect(await outcomes(isSource)).toEqual([
			['source', 'success'],
			['source', 'failure'],
		]);
		expect(await outcomes(isSource, { lhv: 'vars.lead.state', op: 'is included in', rhv: ['WA'] })).toEqual([
			['source', 'failure'],
		]);
		const upTo = (spelling: string) => ({ lhv: 'purchase_price', op: `is less than ${spelling}`, rhv: 18.5 });
		for (const spelling of ['or equal', 'or equal to'] as const) {
			stage.activeprospect.configure({ ruleSpelling: spelling });
			expect(await outcomes(upTo(spelling))).toHaveLength(3);
			expect(
				(await find({ rules: [upTo(spelling === 'or equal' ? 'or equal to' : 'or equal')] })).status,
			).toBe(400);
		}
		stage.activeprospect.configure({ ruleSpelling: 'or equal to' });
	});
});

describe('suppression lists', () => {
	const list = '/suppressionlist/lists/do_not_call/items';
	const exists = async (lists: string, value: string) =>
		await stage.send(
			'GET',
			`/suppressionlist/exists/${encodeURIComponent(lists)}/${encodeURIComponent(value)}`,
		);

	it('hold values trimmed, in lower case and hashed; a digest is what it is', async () => {
		expect((await stage.send('POST', list, { values: ' Ana@Shop.example |512' })).json).toEqual({
			accepted: 2,
			rejected: 0,
		});
		expect((await exists('do_not_call', 'ana@shop.example')).json).toMatchObject({
			found: true,
			exists_in_lists: ['do_not_call'],
		});
		const { key } = (await exists('do_not_call', '512')).json;
		expect((await exists('do_not_call', key)).json.found).toBe(true);
		expect((await stage.send('DELETE', list, { values: [key, 'nobody'] })).json).toEqual({
			deleted: 1,
			rejected: 1,
		});
	});

	it('tell "not found" by 404 with found, and an unknown list by 404 without', async () => {
		const absent = await exists('do_not_call|duplicates', 'ana@shop.example');
		expect([absent.status, absent.json]).toEqual([
			404,
			{ found: false, specified_lists: ['do_not_call', 'duplicates'] },
		]);
		const unknown = await exists('do_not_call|nowhere', 'ana@shop.example');
		expect([unknown.status, unknown.json]).toEqual([404, { error: 'List not found' }]);
	});

	it('want values, and a time that is one', async () => {
		expect((await stage.send('POST', list, {})).status).toBe(422);
		expect((await stage.send('POST', list, { values: ['a'], timestamp: 'soon' })).status).toBe(422);
	});
});
