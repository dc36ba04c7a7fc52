import { globex, openStage, operatorToken, type Stage } from './stage.mts';

/** Scaled so that a minute of the vendor's window passes in 5 s; the credential states the same rate. */
const SCALE = 12;
const WINDOW_MS = 60_000 / SCALE;
const RATE = { limitRate: true, rateLimitRequests: 300, rateLimitSeconds: WINDOW_MS / 1000 };

let stage: Stage;
beforeAll(async () => (stage = await openStage({ timeScale: SCALE })));
beforeEach(() => stage.leadiosa.reset());
afterAll(async () => await stage.close());

describe('10,000 contacts', () => {
	const idsOf = (items: Array<{ json: object }>) => items.map(({ json }) => (json as { id: string }).id);
	const unlimited = () => stage.leadiosa.limit({ name: 'general', windows: [] });
	const pages = () => stage.leadiosa.statistics().routes['GET /contacts'];

	/** Changes a contact each time the given number of pages has been read. */
	const changeAfterPages = (after: number[]) => {
		const due = [...after];
		let changed = 0;
		const watch = setInterval(() => {
			if (due.length === 0 || (pages()?.requests ?? 0) < due[0]) return;
			due.shift();
			const contacts = stage.leadiosa.contacts();
			const { id } = contacts[contacts.length - 1];
			stage.leadiosa.touchContact({ id, name: `Changed ${++changed}` });
		}, 1);
		return { stop: () => clearInterval(watch), changed: () => changed };
	};

	it.each([400, 404, 422] as const)(
		'each once, none missing, when they change half-way and the cursor is refused with %s',
		async (expiredCursorStatus) => {
			unlimited();
			stage.leadiosa.configure({ expiredCursorStatus });
			stage.leadiosa.seedContacts({ count: 9970 });
			const changes = changeAfterPages([50]);
			const { items, error } = await stage.run('contact', 'getMany', { returnAll: true });
			changes.stop();

			expect(error).toBeUndefined();
			expect(changes.changed()).toBe(1);
			const contacts = stage.leadiosa.contacts();
			expect(items).toHaveLength(10_000);
			expect(idsOf(items).sort()).toEqual(contacts.map(({ id }) => id).sort());
			// The one that changed during the walk is given as it is now.
			expect(items.filter(({ json }) => json.firstName === 'Changed')).toHaveLength(1);
			expect(pages().statuses[expiredCursorStatus]).toBe(1);
			console.info(
				`10,000 contacts, cursor expired with ${expiredCursorStatus}: ${items.length} read, ${pages().requests} requests`,
			);
		},
		40_000,
	);

	it('or an error that says how far it came, when they change again and again', async () => {
		unlimited();
		stage.leadiosa.seedContacts({ count: 9970 });
		const changes = changeAfterPages([20, 60]);
		const { items, error } = await stage.run('contact', 'getMany', { returnAll: true });
		changes.stop();
		expect(items).toEqual([]);
		expect(error?.message).toContain('The cursor has expired');
		expect(error?.description).toMatch(/^[1-9]\d{3} results had been read before\. /);
		console.info(
			`10,000 contacts, cursors expired twice: "${error?.description}" after ${pages().requests} requests`,
		);
		expect(pages().requests).toBeLessThan(110);
	}, 40_000);

	it('or an error when Leadiosa loses its place', async () => {
		stage.leadiosa.configure({ sendsNextCursor: false });
		stage.leadiosa.seedContacts({ count: 200 });
		const { error } = await stage.run('contact', 'getMany', { returnAll: true });
		expect(error?.message).toBe('Leadiosa says that there is more, but not where');
		expect(pages().requests).toBe(1);
	});
});

describe('600 writes from two executions at once against 300 a minute (scaled)', () => {
	const texts = (prefix: string, count: number) =>
		Array.from({ length: count }, (_, index) => ({ text: `${prefix} ${index}` }));
	const parameters = () => ({
		conversationId: stage.leadiosa.conversations()[0].id,
		text: '={{ $json.text }}',
	});
	const write = async (prefix: string, count: number) =>
		await stage.run('note', 'create', parameters(), texts(prefix, count), { credential: RATE });

	it('0 rejected, each once, and the limit is used', async () => {
		const startedAt = performance.now();
		const [one, two] = await Promise.all([write('one', 300), write('two', 300)]);
		const seconds = (performance.now() - startedAt) / 1000;

		expect([one.error, two.error]).toEqual([undefined, undefined]);
		for (const { items } of [one, two])
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(one.items.map(({ json }) => json.text)).toEqual(texts('one', 300).map(({ text }) => text));
		const { rejected, writes } = stage.leadiosa.statistics();
		expect(rejected).toEqual({});
		expect(writes.note).toEqual({ total: 600, distinct: 600, duplicated: 0 });
		const peak = stage.leadiosa.peak({ limit: 'general' });
		expect(peak).toBe(300);
		expect(seconds).toBeGreaterThan(WINDOW_MS / 1000);
		console.info(
			`600 writes, two executions: rejected ${JSON.stringify(rejected)}, each once, peak ${peak} in a window of ${WINDOW_MS / 1000} s, ${seconds.toFixed(2)} s in all`,
		);
	}, 40_000);

	it('each once although every 20th answer is lost: those are named, and not sent again', async () => {
		stage.leadiosa.limit({ name: 'general', windows: [] });
		stage.leadiosa.addFault({ method: 'POST', path: '/notes', every: 20, fault: { kind: 'reset-after' } });
		const result = await stage.run('note', 'create', parameters(), texts('lost', 200), {
			settings: { onError: 'continueRegularOutput' },
		});
		const failed = result.items.filter(({ json }) => json.error !== undefined);
		expect(failed.map(({ json }) => json.error)).toEqual(
			Array(10).fill('Leadiosa may have received "Create note", but it is not certain'),
		);
		expect(stage.leadiosa.statistics().writes.note).toEqual({ total: 200, distinct: 200, duplicated: 0 });
	}, 40_000);

	it('the headers lower the budget: what somebody else uses up is left to them', async () => {
		// Somebody else with the same token, new to this process: its budget knows nothing of it but the headers.
		const { key } = operatorToken;
		const url = `${stage.url}/leadiosa/api/v1/conversations?limit=1`;
		const others = async (count: number) => {
			for (let sent = 0; sent < count; sent++)
				await (await fetch(url, { headers: { authorization: `Bearer ${key}` } })).text();
		};
		await waitForWindowStart();
		await others(250);
		const oneByOne = { ...parameters(), options: { maxConcurrentRequests: 1 } };
		const { error } = await stage.run('note', 'create', oneByOne, texts('beside others', 120), {
			credential: { ...RATE, apiKey: key },
		});
		expect(error).toBeUndefined();
		const { rejected, writes } = stage.leadiosa.statistics();
		expect(rejected).toEqual({});
		expect(writes.note).toEqual({ total: 120, distinct: 120, duplicated: 0 });
	}, 40_000);

	it('waits as long as Retry-After says, then goes on', async () => {
		stage.leadiosa.limit({ name: 'general', windows: [] });
		stage.leadiosa.addFault({
			method: 'POST',
			count: 1,
			fault: { kind: 'rate-limited', waitMs: 2000, retryAfter: 'seconds' },
		});
		const { items, error, durationMs } = await write('refused once', 3);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(3);
		expect(durationMs).toBeGreaterThanOrEqual(2000);
		expect(stage.leadiosa.statistics().rejected).toEqual({ 429: 1 });
		expect(stage.leadiosa.statistics().writes.note).toEqual({ total: 3, distinct: 3, duplicated: 0 });
	}, 40_000);

	/** Fixed windows start at multiples of their length. */
	async function waitForWindowStart() {
		const startedIn = Math.floor(Date.now() / WINDOW_MS);
		while (Math.floor(Date.now() / WINDOW_MS) === startedIn)
			await new Promise((resolve) => setTimeout(resolve, 20));
	}
});

describe('a second try', () => {
	it.each([
		{
			resource: 'contact',
			operation: 'get',
			parameters: () => ({ contactId: stage.leadiosa.contacts()[0].id }),
		},
		{
			resource: 'contact',
			operation: 'update',
			parameters: () => ({ contactId: stage.leadiosa.contacts()[0].id, additionalFields: { name: 'X' } }),
		},
		{
			resource: 'contact',
			operation: 'erase',
			parameters: () => ({ contactId: stage.leadiosa.contacts()[0].id, confirm: true }),
		},
	])(
		'of $resource $operation is made when the answer is lost',
		async ({ resource, operation, parameters }) => {
			stage.leadiosa.addFault({ path: '/contacts/*', count: 1, fault: { kind: 'reset-after' } });
			const { error } = await stage.run(resource, operation, parameters());
			expect(error).toBeUndefined();
			expect(stage.leadiosa.statistics().requests).toBe(2);
		},
		20_000,
	);

	it.each([
		['message', 'create', { text: 'x' }, '/messages'],
		['note', 'create', { text: 'x' }, '/notes'],
		['conversation', 'create', { contactBy: 'email', contactEmail: 'x@example.com' }, '/conversations'],
		['knowledgeArticle', 'create', { title: 'x', content: 'x' }, '/knowledge'],
		['webhook', 'create', { url: 'http://127.0.0.1:6051/x' }, '/webhooks'],
	])(
		'of %s %s is not made, and Retry On Fail does not make one',
		async (resource, operation, parameters, path) => {
			stage.leadiosa.configure({ ping: 'none' });
			stage.leadiosa.addFault({ method: 'POST', path, fault: { kind: 'reset-after' } });
			const conversationId = stage.leadiosa.conversations()[0].id;
			const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
			const { error } = await stage.run(resource, operation, { conversationId, ...parameters }, [{}], {
				settings,
			});
			expect(error?.message).toMatch(/^Leadiosa may have received/);
			expect(stage.leadiosa.statistics().requests).toBe(1);
		},
		20_000,
	);

	const postsTo = (path: string) => stage.leadiosa.statistics().routes[`POST ${path}`].requests;

	it('of close and restore is made only when the archive status says that the first has not arrived', async () => {
		stage.leadiosa.addFault({
			method: 'POST',
			path: '/workspace/close',
			count: 1,
			fault: { kind: 'reset-after' },
		});
		stage.leadiosa.addFault({
			method: 'POST',
			path: '/workspace/restore',
			count: 1,
			fault: { kind: 'reset-before' },
		});
		const closed = await stage.run('workspace', 'close', { confirm: true });
		expect(closed.items[0].json).toMatchObject({ status: 'closed', closed: true });
		expect(postsTo('/workspace/close')).toBe(1);

		const restored = await stage.run('workspace', 'restore');
		expect(restored.items[0].json).toMatchObject({ status: 'active', restored: true });
		expect(postsTo('/workspace/restore')).toBe(2);
		expect(stage.leadiosa.writes({ kind: 'restore' })).toEqual({ ws_acme: 1 });
	}, 20_000);

	it('of close is not made without that word, and never a third', async () => {
		stage.leadiosa.addFault({
			method: 'POST',
			path: '/workspace/close',
			count: 2,
			fault: { kind: 'reset-before' },
		});
		stage.leadiosa.addFault({
			path: '/workspace/archive-status',
			count: 1,
			fault: { kind: 'status', status: 403 },
		});
		const unread = await stage.run('workspace', 'close', { confirm: true });
		expect(unread.error?.message).toContain('does not allow');
		expect(postsTo('/workspace/close')).toBe(1);

		stage.leadiosa.reset();
		stage.leadiosa.addFault({ method: 'POST', path: '/workspace/close', fault: { kind: 'reset-before' } });
		const lost = await stage.run('workspace', 'close', { confirm: true });
		expect(lost.error?.message).toMatch(/^Leadiosa may have received "Close workspace"/);
		expect(postsTo('/workspace/close')).toBe(2);
	}, 20_000);
});

it('keeps workspaces apart: the limit is of a token', async () => {
	const credential = { ...RATE, apiKey: globex.tokens[0].key };
	const { items } = await stage.run('contact', 'getMany', { returnAll: true }, [{}], { credential });
	expect(items).toHaveLength(globex.contacts);
});
