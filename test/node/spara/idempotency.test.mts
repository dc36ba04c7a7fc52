import type { IDataObject } from 'n8n-workflow';
import { initDeduplication } from '../engine/deduplication.mts';
import { itemsOf, openSpara, VOICE_AGENT, type SparaRun, type SparaStage } from './stage.mts';

jest.setTimeout(30_000);

let stage: SparaStage;
let deduplication: Awaited<ReturnType<typeof initDeduplication>>;
beforeAll(async () => {
	deduplication = await initDeduplication();
});
beforeEach(async () => {
	deduplication.reset();
	stage = await openSpara();
});
afterEach(async () => await stage.close());

const GOES_ON: SparaRun['settings'] = { onError: 'continueRegularOutput' };
const people = (count: number) =>
	itemsOf(count, (index) => ({ id: `row ${index}`, email: `p${index}@a.example` }));

/** Creates leads in production, each with its row's ID as the key. */
const create = async (items: IDataObject[], run: SparaRun = {}, options: IDataObject = {}) =>
	await stage.lead(
		'create',
		{
			leadFields: { email: '={{ $json.email }}' },
			options: { idempotencyKey: '={{ $json.id }}', ...options },
		},
		{ items, mode: 'trigger', ...run },
	);

const timesCreated = () => Object.values(stage.sandbox.writes({ kind: 'create' }));

describe('a key that was used before', () => {
	it('sends nothing; each item says so by default and stays linked to its input', async () => {
		const first = await create(people(120));
		expect(first.items.filter(({ json }) => json.alreadyDone)).toEqual([]);
		const again = await create(people(120));
		expect(again.items).toEqual(
			itemsOf(120, (index) => ({
				json: {
					alreadyDone: true,
					idempotencyKey: `row ${index}`,
					message: `"Create lead" was done before with the Idempotency Key "row ${index}". Nothing was sent.`,
				},
				pairedItem: { item: index },
			})),
		);
		expect(timesCreated()).toEqual(Array.from({ length: 120 }, () => 1));
	});

	it('drops the item where the user wants that', async () => {
		await create(people(2));
		const { items, status } = await create(people(3), {}, { whenAlreadyDone: 'skip' });
		expect(status).toBe('success');
		expect(items.map(({ json, pairedItem }) => [json.email, pairedItem])).toEqual([
			['p2@a.example', { item: 2 }],
		]);
	});

	it('fails the item where the user wants that', async () => {
		await create(people(1));
		const { error, status } = await create(people(1), {}, { whenAlreadyDone: 'error' });
		expect(status).toBe('error');
		expect(error).toMatchObject({
			message: '"Create lead" was done before with the Idempotency Key "row 0"',
			description: 'Nothing was sent for this item.',
			context: { itemIndex: 0 },
		});
		expect(timesCreated()).toEqual([1]);
	});

	it('counts for its operation only', async () => {
		await create(people(1));
		const [{ id }] = stage.sandbox.leads().filter(({ data }) => data.phone_number);
		const { items } = await stage.lead(
			'call',
			{ leadId: id, voiceAgentId: VOICE_AGENT, options: { idempotencyKey: 'row 0' } },
			{ mode: 'trigger' },
		);
		expect(items[0].json.alreadyDone).toBeUndefined();
		expect(items[0].json.error).toBeUndefined();
	});

	it('stands in several items: the first is carried out, the others say so', async () => {
		const same = itemsOf(10, (index) => ({ id: 'row', email: `p${index}@a.example` }));
		const { items } = await create(same);
		expect(items.map(({ json }) => json.alreadyDone === true)).toEqual([false, ...Array(9).fill(true)]);
		expect(timesCreated()).toEqual([1]);
	});

	it('is carried out once by executions that run at the same moment', async () => {
		const runs = await Promise.all(
			[1, 2, 3].map(async () => await create(people(60), { settings: GOES_ON })),
		);
		expect(timesCreated()).toEqual(Array.from({ length: 60 }, () => 1));
		for (const { items } of runs) {
			expect(items).toHaveLength(60);
			for (const { json } of items) expect(json.alreadyDone === true || json.email !== undefined).toBe(true);
		}
	});
});

describe('an item that was not done', () => {
	it('is sent the next time: refused by the vendor', async () => {
		stage.sandbox.addFault({ count: 1, fault: { kind: 'status', status: 400, body: 'vendor' } });
		const first = await create(people(1), { settings: GOES_ON });
		expect(first.items[0].json.error).toBeDefined();
		const second = await create(people(1));
		expect(second.items[0].json).toMatchObject({ email: 'p0@a.example' });
		expect(timesCreated()).toEqual([1]);
	});

	it('is sent the next time: never begun, because an item before it failed', async () => {
		stage.sandbox.addFault({ count: 1, fault: { kind: 'status', status: 400, body: 'vendor' } });
		const options = { maxConcurrentRequests: 1 };
		expect((await create(people(30), {}, options)).status).toBe('error');
		const second = await create(people(30), {}, options);
		expect(second.status).toBe('success');
		expect(timesCreated()).toEqual(Array.from({ length: 30 }, () => 1));
	});

	it('keeps its key when it may have been done, and says where to look', async () => {
		stage.sandbox.addFault({ count: 1, fault: { kind: 'reset-after' } });
		const first = await create(people(1), { settings: GOES_ON });
		expect(first.items[0].json.error).toContain('may have received');
		for (const whenAlreadyDone of ['item', 'skip', 'error']) {
			const again = await create(people(1), { settings: GOES_ON }, { whenAlreadyDone });
			expect(again.items[0].json).toMatchObject({
				error:
					'Spara may have received "Create lead" before, with the Idempotency Key "row 0", but it is not certain',
				message: expect.stringMatching(/Nothing was sent this time\. .*To send it again, use another key\./),
			});
		}
		expect(timesCreated()).toEqual([1]);
	});
});

describe('Retry On Fail', () => {
	it('gives what the first try has done, and sends only what was not done', async () => {
		stage.sandbox.addFault({ count: 3, fault: { kind: 'status', status: 400, body: 'vendor' } });
		const { items, status } = await create(people(40), {
			settings: { retryOnFail: true, maxTries: 5, waitBetweenTries: 10 },
		});
		expect(status).toBe('success');
		expect(items.map(({ json }) => json.email)).toEqual(people(40).map(({ email }) => email));
		expect(timesCreated()).toEqual(Array.from({ length: 40 }, () => 1));
	});
});

describe('the key', () => {
	it.each(['', '={{ $json.nothing }}'])('must not be empty: %j', async (idempotencyKey) => {
		const { error } = await create(people(1), {}, { idempotencyKey });
		expect(error?.message).toBe('"Idempotency Key" is empty');
		expect(timesCreated()).toEqual([]);
	});

	it('is neither looked up nor kept in a test run by hand, which says so', async () => {
		const manual = await create(people(1), { mode: 'manual' });
		await create(people(1), { mode: 'manual' });
		expect(manual.hints.map(({ message }) => message)).toEqual([
			'Idempotency Keys count in production only: in this test run they were neither looked up nor kept.',
		]);
		expect(deduplication.table().calls).toBe(0);
		expect(timesCreated()).toEqual([2]);
	});

	it('lets nothing be sent while it cannot be kept', async () => {
		deduplication.breakDown(true);
		const { items } = await create(people(2), { settings: GOES_ON });
		for (const { json } of items) {
			expect(json).toMatchObject({
				error: 'The Idempotency Key could not be recorded in the database of this n8n',
				message: expect.stringContaining('database is locked'),
			});
		}
		expect(timesCreated()).toEqual([]);
	});

	it('costs few calls of the database', async () => {
		await create(people(500), {}, { maxConcurrentRequests: 50 });
		expect(deduplication.table().calls).toBeLessThanOrEqual(60);
	});
});
