import type { IDataObject } from 'n8n-workflow';
import { answerSecrets } from '../../../sandbox/activeprospect/secrets.mts';
import { ana, json, openStage, PARTNER_KEY, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
beforeEach(() => {
	stage.activeprospect.reset();
});
afterAll(async () => await stage.close());

const submitted = async (lead: IDataObject = ana, flow: 'solar' | 'plain' = 'solar') => {
	const { items, error } = await stage.run(['lead', 'submit'], { ...stage.posting(flow), ...json(lead) });
	expect(error).toBeUndefined();
	return items[0].json;
};
const writes = (kind: string) => stage.activeprospect.statistics().writes[kind];
const last = (route: string) => stage.activeprospect.statistics().routes[route];

describe('lead: submit', () => {
	it('sends a lead without the key, and gives it in the one shape with its outcome', async () => {
		const { items, error, linkedInputs } = await stage.run(
			['lead', 'submit'],
			{ ...stage.posting('solar'), leadData: 'lead', lead: '={{ $json }}' },
			[
				{
					email: 'ana@shop.example',
					firstName: 'Ana',
					phone: '5125550142',
					customFields: { state: 'TX', reference: 'r1' },
				},
			],
		);
		expect(error).toBeUndefined();
		const [{ id }] = stage.activeprospect.leads();
		expect(items).toEqual([
			{
				json: {
					platform: 'activeprospect',
					id,
					email: 'ana@shop.example',
					firstName: 'Ana',
					phone: '5125550142',
					status: 'accepted',
					customFields: { state: 'TX', reference: 'r1' },
					flowId: stage.flows.solar,
					outcome: 'success',
					price: 18.5,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(linkedInputs).toHaveLength(1);
		expect(last('POST /flows/:flowId/sources/:sourceId/submit')?.statuses).toEqual({ 201: 1 });
	});

	it('gives a declined lead as a result, or as an error where the user wants that', async () => {
		const elsewhere = { ...stage.posting('solar'), ...json({ ...ana, state: 'WA' }) };
		const { items } = await stage.run(['lead', 'submit'], elsewhere);
		expect(items[0].json).toMatchObject({
			status: 'rejected',
			outcome: 'failure',
			reason: 'state not served',
		});
		const { error } = await stage.run(['lead', 'submit'], {
			...elsewhere,
			options: { failOnRejection: true },
		});
		expect(error?.message).toBe('ActiveProspect did not accept this item: failure: state not served');
	});

	it('reads the answer inside a list too', async () => {
		stage.activeprospect.configure({ submitAnswer: 'list' });
		expect(await submitted()).toMatchObject({ outcome: 'success', price: 18.5 });
	});

	it('is not sent again after a broken connection, but found by its reference', async () => {
		stage.activeprospect.addFault({ fault: { kind: 'reset-after' }, count: 1 });
		const found = await submitted();
		expect(found).toMatchObject({ outcome: 'success', price: 18.5, foundByReference: true });
		expect(writes('submit')).toEqual({ total: 1, distinct: 1, duplicated: 0 });
	});

	it.each(['stale', 'without reference'])('stays uncertain where it cannot be found: %s', async (why) => {
		const unnamed = { ...ana, reference: '' };
		if (why === 'stale') stage.activeprospect.configure({ searchIsFresh: false });
		stage.activeprospect.addFault({ fault: { kind: 'reset-after' }, count: 1 });
		const lead = why === 'stale' ? ana : unnamed;
		const { error } = await stage.run(['lead', 'submit'], { ...stage.posting('solar'), ...json(lead) });
		expect(error?.message).toBe('ActiveProspect may have received "Submit lead", but it is not certain');
		expect(writes('submit')).toEqual({ total: 1, distinct: 1, duplicated: 0 });
	});

	it('says which source is closed or wants a key, and sends the key only when told to', async () => {
		const at = (source: 'closed' | 'partner', more: IDataObject = {}) => ({
			...stage.posting('solar', source),
			...json(ana),
			...more,
		});
		expect((await stage.run(['lead', 'submit'], at('closed'))).error?.message).toContain(
			'Source is disabled',
		);
		const refused = (await stage.run(['lead', 'submit'], at('partner'))).error;
		expect(refused?.description).toContain('Source Requires Authentication');
		const { error, items } = await stage.run(
			['lead', 'submit'],
			at('partner', { options: { sourceAuthentication: true } }),
			[{}],
			{ credential: { apiKey: PARTNER_KEY } },
		);
		expect(error).toBeUndefined();
		expect(items[0].json.outcome).toBe('success');
	});

	it('sends nothing for an empty lead', async () => {
		const { error } = await stage.run(['lead', 'submit'], {
			...stage.posting('solar'),
			...json({ email: '' }),
		});
		expect(error?.message).toContain('nothing to submit');
		expect(writes('submit')).toBeUndefined();
	});
});

describe('lead: ping', () => {
	it('gives the bid; no bid is a result', async () => {
		const bid = await stage.run(['lead', 'ping'], { ...stage.posting('solar'), ...json(ana) });
		expect(bid.items[0].json).toEqual({ flowId: stage.flows.solar, outcome: 'success', price: 18.5 });
		const none = await stage.run(['lead', 'ping'], { ...stage.posting('roofing'), ...json(ana) });
		expect(none.items[0].json).toMatchObject({ outcome: 'failure', reason: 'no bid', price: 0 });
		expect(stage.activeprospect.leads()).toEqual([]);
	});

	it('is sent again after a broken connection', async () => {
		stage.activeprospect.addFault({ fault: { kind: 'reset-before' }, count: 1 });
		const { items, error } = await stage.run(['lead', 'ping'], { ...stage.posting('solar'), ...json(ana) });
		expect(error).toBeUndefined();
		expect(items[0].json.price).toBe(18.5);
	});

	it('submits only for enough', async () => {
		const ask = async (minimumPrice: number) =>
			(await stage.run(['lead', 'pingAndSubmit'], { ...stage.posting('solar'), ...json(ana), minimumPrice }))
				.items[0].json;
		expect(await ask(20)).toEqual({
			flowId: stage.flows.solar,
			submitted: false,
			pingOutcome: 'success',
			pingPrice: 18.5,
		});
		expect(stage.activeprospect.leads()).toEqual([]);
		expect(await ask(18.5)).toMatchObject({
			submitted: true,
			outcome: 'success',
			pingPrice: 18.5,
			price: 18.5,
		});
		expect(writes('submit')).toEqual({ total: 1, distinct: 1, duplicated: 0 });
	});
});

describe('lead: reading', () => {
	it('gets, finds and follows a lead', async () => {
		const lead = await submitted();
		const get = await stage.run(['lead', 'get'], { leadId: lead.id });
		expect(get.error).toBeUndefined();
		expect(get.items[0].json).toMatchObject({
			id: lead.id,
			status: 'accepted',
			outcome: 'success',
			flowName: 'Solar',
		});
		const search = await stage.run(['lead', 'search'], { query: 'ana@shop.example', returnAll: true });
		expect(search.items.map(({ json: hit }) => hit)).toEqual([
			expect.objectContaining({ platform: 'activeprospect', id: lead.id, flowId: stage.flows.solar }),
		]);
		const timeline = await stage.run(['lead', 'getTimeline'], { leadId: lead.id, returnAll: true });
		expect(timeline.items.map(({ json: event }) => event.type)).toEqual(['recipient', 'source']);
	});

	it('says loudly that a search cannot give all', async () => {
		stage.activeprospect.seedEvents({ count: 1200 });
		const { error } = await stage.run(['lead', 'search'], { query: '', returnAll: true });
		expect(error?.message).toBe(
			'1200 leads were found, and ActiveProspect gives no more than the first 1000',
		);
		const some = await stage.run(['lead', 'search'], {
			query: '',
			limit: 250,
			options: { sortBy: 'lead_id' },
		});
		expect(new Set(some.items.map(({ json: hit }) => hit.id)).size).toBe(250);
	});
});

describe('feedback', () => {
	it('goes to the one delivery of a lead, once, without the key', async () => {
		const lead = await submitted();
		stage.activeprospect.addFault({ path: '/feedback', fault: { kind: 'reset-after' }, count: 1 });
		const uncertain = await stage.run(['feedback', 'send'], {
			about: 'lead',
			leadId: lead.id,
			type: 'return',
		});
		expect(uncertain.error?.message).toContain('may have received');
		expect(writes('feedback')).toEqual({ total: 1, distinct: 1, duplicated: 0 });
	});

	it('by event', async () => {
		const lead = await submitted();
		const [event] = stage.activeprospect.events().filter(({ type }) => type === 'recipient');
		const { items, error } = await stage.run(['feedback', 'send'], {
			about: 'event',
			eventId: event.id,
			type: 'conversion',
			reason: 'policy sold',
		});
		expect(error).toBeUndefined();
		expect(items[0].json).toEqual({ eventId: event.id, leadId: lead.id, outcome: 'success', price: 0 });
		const wrong = await stage.run(['feedback', 'send'], { about: 'event', eventId: lead.id, type: 'return' });
		expect(wrong.error?.description).toContain('not that of the lead');
	});
});

describe('events', () => {
	it('gives all 5,000 while new ones come, each once', async () => {
		stage.activeprospect.seedEvents({ count: 5000 });
		const reading = stage.run(['event', 'getMany'], { returnAll: true, filters: { types: ['source'] } });
		for (let more = 0; more < 20; more++) {
			stage.activeprospect.seedEvents({ count: 5 });
			await new Promise((resolve) => setImmediate(resolve));
		}
		const { items, error } = await reading;
		expect(error).toBeUndefined();
		const ids = new Set(items.map(({ json: event }) => event.eventId));
		expect(ids.size).toBe(items.length);
		const seeded = stage.activeprospect.events().slice(0, 5000);
		expect(seeded.every(({ id }) => ids.has(id))).toBe(true);
	});

	it('masks what answers hold of keys, in raw events too', async () => {
		await submitted();
		const { items } = await stage.run(['event', 'getMany'], { returnAll: true, simplify: false });
		const text = JSON.stringify(items);
		expect(text).not.toContain(answerSecrets.stepAuthorization);
		expect(text).not.toContain(answerSecrets.sourceAuthorization);
		expect(text).not.toContain(answerSecrets.mapping);
		const [{ id }] = stage.activeprospect.events();
		const one = await stage.run(['event', 'get'], { eventId: id, simplify: false });
		expect(JSON.stringify(one.items)).not.toContain(answerSecrets.mapping);
		const simple = await stage.run(['event', 'get'], { eventId: id });
		expect(simple.items[0].json).toMatchObject({ eventId: id, type: 'recipient', flowName: 'Solar' });
	});

	it('spells operators as the server wants them', async () => {
		await submitted();
		const rules = [{ lhv: 'purchase_price', op: 'is less than or equal to', rhv: 20 }];
		for (const ruleSpelling of ['or equal to', 'or equal'] as const) {
			stage.activeprospect.configure({ ruleSpelling });
			const { items, error } = await stage.run(['event', 'getMany'], { filters: { rules } });
			expect(error).toBeUndefined();
			expect(items).toHaveLength(2);
		}
	});

	it('counts', async () => {
		await submitted();
		const { items, error } = await stage.run(['event', 'getStatistics'], {
			columns: ['source-submitted', 'source-success'],
			start: '2020-01-01T00:00:00Z',
			end: '2100-01-01T00:00:00Z',
			options: { groupBy: 'vars.source.name' },
		});
		expect(error).toBeUndefined();
		expect(items[0].json).toEqual({
			'vars.source.name': 'Web form',
			'source-submitted': 1,
			'source-success': 1,
		});
	});
});

describe('flows', () => {
	const flow = () => ({ flowId: stage.posting('solar').flowId });
	it('are read, raw without secrets', async () => {
		const one = await stage.run(['flow', 'get'], flow());
		expect(one.items[0].json).toMatchObject({ name: 'Solar', enabled: true, sourceCount: 3, stepCount: 1 });
		const raw = await stage.run(['flow', 'get'], { ...flow(), simplify: false });
		expect(JSON.stringify(raw.items)).not.toContain(answerSecrets.mapping);
		const many = await stage.run(['flow', 'getMany'], { returnAll: true, filters: { name: 'roof' } });
		expect(many.items.map(({ json: each }) => each.name)).toEqual(['Roofing']);
		const fields = await stage.run(['flow', 'getFields'], flow());
		expect(fields.items.map(({ json: each }) => each.id)).toContain('tier_acme');
	});

	it('are turned off whole, secrets kept, and deployed only on demand', async () => {
		const off = await stage.run(['flow', 'setEnabled'], { ...flow(), enabled: false });
		expect(off.error).toBeUndefined();
		expect(off.items[0].json).toMatchObject({ enabled: false, deployed: false });
		const stored = stage.activeprospect.flow({ flow: stage.flows.solar });
		expect(JSON.stringify(stored.document)).toContain(answerSecrets.mapping);
		expect((await submitted()).outcome).toBe('success');
		await stage.run(['flow', 'setEnabled'], { ...flow(), enabled: false, deploy: true });
		expect(await submitted({ ...ana, reference: 'row-2' })).toMatchObject({
			outcome: 'error',
			status: 'failed',
			reason: 'Flow is disabled',
		});
	});

	it('say what a source takes, by its description or the fields of the flow', async () => {
		const details = async () => await stage.run(['source', 'getSubmissionDetails'], stage.posting('solar'));
		const described = (await details()).items[0].json;
		expect(described).toMatchObject({ flowName: 'Solar', sourceName: 'Web form', pingEnabled: true });
		stage.activeprospect.configure({ offersMeta: false });
		const names = ((await details()).items[0].json.fields as IDataObject[]).map(({ name }) => name);
		expect(names).toEqual((described.fields as IDataObject[]).map(({ name }) => name));
	});
});

describe('the rest', () => {
	it('caps and ping limits, with usage', async () => {
		for (let lead = 0; lead < 4; lead++)
			await stage.run(['lead', 'submit'], { ...stage.posting('roofing'), ...json(ana) });
		await stage.run(['lead', 'ping'], { ...stage.posting('solar'), ...json(ana) });
		const { items } = await stage.run(['cap', 'getMany'], { returnAll: true });
		expect(items.map(({ json: { kind, usagePercent } }) => [kind, usagePercent])).toEqual([
			['cap', 100],
			['pingLimit', 2],
		]);
	});

	it('reports', async () => {
		const { items } = await stage.run(['report', 'getMany'], { returnAll: true });
		expect(items[0].json).toMatchObject({ name: 'Sources this month', token: '***' });
		const rows = await stage.run(['report', 'run'], {
			reportId: { __rl: true, mode: 'id', value: items[0].json.id },
			start: '2026-01-01T00:00:00Z',
			end: '2026-02-01T00:00:00Z',
		});
		expect(rows.items[0].json).toEqual({ 'vars.source.name': 'Web form', 'source-submitted': 0 });
	});

	it('entities and fields', async () => {
		const entity = await stage.run(['entity', 'create'], {
			name: 'Buyer',
			source: 'none',
			recipient: 'buyer',
		});
		expect(entity.items[0].json).toMatchObject({ name: 'Buyer', source: null, recipient: 'buyer' });
		expect((await stage.run(['entity', 'getMany'], { returnAll: true })).items).toHaveLength(3);
		const field = await stage.run(['field', 'create'], {
			name: 'Tier 2',
			type: 'string',
			additionalFields: { description: 'How good', fieldId: '' },
		});
		expect(field.items[0].json).toMatchObject({ id: 'tier_2', name: 'Tier 2', standard: false });
		const nameless = await stage.run(['field', 'create'], { name: '屋根', type: 'string' });
		expect(nameless.error?.message).toContain('No ID can be made of the name');
		expect((await stage.run(['field', 'getMany'], { returnAll: true })).items).toHaveLength(4);
	});

	it('suppression lists: not found is a result, an unknown list is not', async () => {
		const list = (value = 'do_not_call') => ({ list: { __rl: true, mode: 'id', value } });
		const check = async (name?: string) =>
			await stage.run(['suppressionList', 'check'], { ...list(name), value: 'Ana@Shop.example' });
		const absent = await check();
		expect(absent.error).toBeUndefined();
		expect(absent.items[0].json).toMatchObject({ found: false });
		const added = await stage.run(['suppressionList', 'add'], {
			...list(),
			values: 'ana@shop.example, bo@shop.example',
		});
		expect(added.items[0].json).toEqual({ list: 'do_not_call', accepted: 2, rejected: 0 });
		expect((await check()).items[0].json).toMatchObject({ found: true, exists_in_lists: ['do_not_call'] });
		expect((await check('do_not_call|nowhere')).error?.message).toContain('List not found');
		const removed = await stage.run(['suppressionList', 'remove'], { ...list(), values: 'ana@shop.example' });
		expect(removed.items[0].json).toEqual({ list: 'do_not_call', deleted: 1, rejected: 0 });
		expect((await stage.run(['suppressionList', 'getMany'], { returnAll: true })).items).toHaveLength(2);
	});

	it('any request, masked too', async () => {
		const { items, error } = await stage.run(['apiRequest', 'send'], {
			method: 'GET',
			path: '/reports',
			query: '{}',
		});
		expect(error).toBeUndefined();
		expect(items[0].json.token).toBe('***');
	});

	it('a plan without API, a wrong key, and the other dialect are told apart', async () => {
		const ask = async (credential: IDataObject) =>
			(await stage.run(['flow', 'getMany'], { returnAll: true }, [{}], { credential })).error;
		expect((await ask({ apiKey: 'activeprospect-sandbox-trial' }))?.message).toContain('not authorized');
		expect((await ask({ apiKey: 'wrong-key-of-nobody' }))?.message).toContain('authentication failed');
		const other = await ask({ baseUrl: stage.baseUrl.replace('activeprospect', 'leadconduit/api/v1') });
		expect(other?.description).toContain('LeadConduit node');
	});
});
