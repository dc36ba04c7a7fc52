import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { dropJournal, openJournal } from '../../../nodes/shared/transport/journal.ts';
import { RequestError } from '../../../nodes/shared/transport/requestError.ts';
import {
	openTransport,
	type RequestSpec,
	type TransportOptions,
} from '../../../nodes/shared/transport/transport.ts';
import type { Vendor } from '../../../nodes/shared/vendor.ts';
import { vendor } from './vendorExample.mts';

/** What n8n's helper gives or throws. */
type Wire = { statusCode: number; body?: unknown; headers?: Record<string, string | string[]> } | Error;

const CREATED = { statusCode: 200, body: '{"id":"1"}', headers: { 'content-type': 'application/json' } };

function reset(): Error {
	return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', isAxiosError: true });
}

let keys = 0;

/** A context whose vendor does as planned, one step per request, each key with an account of its own. */
function newContext(plan: Wire[], credential: IDataObject = {}) {
	const sent: Array<IHttpRequestOptions & { credentialType: string }> = [];
	const request = async (credentialType: string, options: IHttpRequestOptions): Promise<object> => {
		sent.push({ ...options, credentialType });
		const wire = plan[sent.length - 1];
		if (wire === undefined) throw new Error('Nothing more was planned');
		if (wire instanceof Error) throw wire;
		return { headers: {}, body: '', ...wire };
	};
	const apiKey = `secret key ${++keys}`;
	const context = {
		getCredentials: async () => ({ baseUrl: 'https://api.example.com/v1/', apiKey, ...credential }),
		helpers: {
			httpRequestWithAuthentication: request,
			httpRequest: async (options: IHttpRequestOptions) => await request('none', options),
		},
	} as unknown as IExecuteFunctions;
	return { context, sent };
}

const CREATE: RequestSpec = { method: 'POST', path: ['leads'], body: { email: 'ada@example.com' } };

/** Runs a node of one item with these requests, as n8n's Retry On Fail does: again, the same run. */
async function runNode(
	context: IExecuteFunctions,
	specs: RequestSpec[],
	{ run = ['execution', 'node', '0'], itemIndex = 0 } = {},
) {
	const transport = await openTransport(context, vendor);
	const item = { journal: openJournal(run, 0), itemIndex };
	const send = transport.sender({ safety: 'nonIdempotent', maxWaitMs: 0, item });
	const results: unknown[] = [];
	for (const spec of specs) results.push(await send(spec).catch((error: unknown) => error));
	return results;
}

async function send(plan: Wire[], spec: RequestSpec, options: TransportOptions = {}) {
	const { context, sent } = newContext(plan);
	const transport = await openTransport(context, vendor, options);
	const data = await transport.sender({ safety: 'safe', maxWaitMs: 0 })(spec);
	return { data, sent };
}

beforeEach(() => dropJournal(['execution', 'node', '0']));

describe('Retry On Fail', () => {
	it('gets the remembered answer of a write that succeeded; nothing is sent', async () => {
		const { context, sent } = newContext([CREATED]);
		expect(await runNode(context, [CREATE])).toEqual([{ id: '1' }]);
		expect(await runNode(context, [CREATE])).toEqual([{ id: '1' }]);
		expect(sent).toHaveLength(1);
	});

	it('fails again, and sends nothing, where a write may have arrived', async () => {
		const { context, sent } = newContext([reset()]);
		const [first] = await runNode(context, [CREATE]);
		const [second] = await runNode(context, [CREATE]);
		expect(sent).toHaveLength(1);
		expect((first as RequestError).ending).toMatchObject({
			outcome: 'ambiguous',
			safety: 'nonIdempotent',
			attempts: 1,
		});
		expect((first as RequestError).ending.earlierRun).toBeUndefined();
		expect((second as RequestError).ending).toMatchObject({ outcome: 'ambiguous', earlierRun: true });
	});

	it('fails again where the execution was cancelled while a write was under way', async () => {
		const cancelled = Object.assign(new Error('canceled'), { name: 'CanceledError', isAxiosError: true });
		const { context, sent } = newContext([cancelled]);
		await runNode(context, [CREATE]);
		const [second] = await runNode(context, [CREATE]);
		expect((second as RequestError).ending).toMatchObject({ outcome: 'ambiguous', earlierRun: true });
		expect(sent).toHaveLength(1);
	});

	it('sends again what was refused for good', async () => {
		const { context, sent } = newContext([{ statusCode: 422 }, CREATED]);
		await runNode(context, [CREATE]);
		expect(await runNode(context, [CREATE])).toEqual([{ id: '1' }]);
		expect(sent).toHaveLength(2);
	});

	it('knows a write again although its body changed, as with {{ $now }}', async () => {
		const { context, sent } = newContext([CREATED]);
		await runNode(context, [CREATE]);
		await runNode(context, [{ ...CREATE, body: { email: 'other@example.com' } }]);
		expect(sent).toHaveLength(1);
	});

	it('tells the second write of an item to one address from the first', async () => {
		const { context, sent } = newContext([CREATED, { ...CREATED, body: '{"id":"2"}' }]);
		expect(await runNode(context, [CREATE, CREATE])).toEqual([{ id: '1' }, { id: '2' }]);
		expect(await runNode(context, [CREATE, CREATE])).toEqual([{ id: '1' }, { id: '2' }]);
		expect(sent).toHaveLength(2);
	});

	it.each<[string, { run?: string[]; itemIndex?: number }, RequestSpec]>([
		['another item', { itemIndex: 1 }, CREATE],
		['another run of the node', { run: ['execution', 'node', '1'] }, CREATE],
		['another execution', { run: ['another', 'node', '0'] }, CREATE],
		['another address', {}, { ...CREATE, path: ['contacts'] }],
		['another method', {}, { ...CREATE, method: 'PATCH' }],
	])('does not keep %s from sending', async (_, where, spec) => {
		dropJournal(where.run ?? []);
		const { context, sent } = newContext([CREATED, CREATED]);
		await runNode(context, [CREATE]);
		await runNode(context, [spec], where);
		expect(sent).toHaveLength(2);
	});

	it('reads and idempotent writes are sent each time', async () => {
		const { context, sent } = newContext([CREATED, CREATED, CREATED, CREATED]);
		const specs: RequestSpec[] = [
			{ method: 'GET', path: ['leads'], safety: 'safe' },
			{ method: 'PUT', path: ['leads'], safety: 'idempotent' },
		];
		await runNode(context, specs);
		await runNode(context, specs);
		expect(sent).toHaveLength(4);
	});
});

describe('a request on its way to the host', () => {
	it('carries the whole address, what is to be sent, and everything that keeps the key safe', async () => {
		const { context, sent } = newContext([CREATED]);
		const transport = await openTransport(context, vendor);
		const query = { email: 'a+b@example.com', left: undefined, tag: ['x', 'y'] };
		await transport.sender({ safety: 'nonIdempotent', maxWaitMs: 0 })({
			method: 'PATCH',
			path: ['leads', 'a?b'],
			query,
			body: { a: 1 },
		});
		expect(sent).toEqual([
			{
				credentialType: 'acmeApi',
				method: 'PATCH',
				url: 'https://api.example.com/v1/leads/a%3Fb',
				qs: { email: 'a+b@example.com', tag: ['x', 'y'] },
				arrayFormat: 'repeat',
				headers: { accept: 'application/json', 'content-type': 'application/json' },
				body: '{"a":1}',
				timeout: 60_000,
				encoding: 'text',
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
			},
		]);
	});

	it('has no body and no content type unless there is something to send', async () => {
		const { sent } = await send([CREATED], { method: 'GET', path: ['leads'] });
		expect(sent[0].body).toBeUndefined();
		expect(sent[0].headers).toEqual({ accept: 'application/json' });
	});

	it('is not sent where a path segment would leave its place', async () => {
		const { context, sent } = newContext([CREATED]);
		const transport = await openTransport(context, vendor);
		await expect(
			transport.sender({ safety: 'safe', maxWaitMs: 0 })({ method: 'GET', path: ['..'] }),
		).rejects.toThrow('".."');
		expect(sent).toEqual([]);
	});

	it('is not sent where the base URL would show the key to the network', async () => {
		const { context } = newContext([], { baseUrl: 'http://api.example.com' });
		await expect(openTransport(context, vendor)).rejects.toThrow('must start with https://');
	});
});

describe('an answer on its way back', () => {
	it('is told to the listener by its headers, in lower case and as text', async () => {
		const seen: object[] = [];
		const headers = { 'X-Notice': 'old', 'Set-Cookie': ['a=1', 'b=2'] };
		const onHeaders = (given: object): void => void seen.push(given);
		await send([{ ...CREATED, headers }], { method: 'GET', path: ['leads'] }, { onHeaders });
		expect(seen).toEqual([{ 'x-notice': 'old', 'set-cookie': 'a=1, b=2' }]);
	});

	it.each([[undefined], [''], [Buffer.alloc(0)]])('may have no body (%p)', async (body) => {
		const { data } = await send([{ statusCode: 200, body }], { method: 'GET', path: ['leads'] });
		expect(data).toBeUndefined();
	});
});

describe('a request without the credential', () => {
	const PUBLIC: RequestSpec = { method: 'POST', path: ['submit'], body: {}, authenticate: false };

	it('goes out without it, and ends with the execution', async () => {
		const { signal } = new AbortController();
		const { sent } = await send([CREATED], PUBLIC, { signal });
		expect(sent).toMatchObject([{ credentialType: 'none', method: 'POST', abortSignal: signal }]);
		expect(sent[0].disableFollowRedirect).toBe(true);
	});

	it('says so when it is refused', async () => {
		const refused = await send([{ statusCode: 401 }], PUBLIC).catch((error: unknown) => error);
		expect((refused as RequestError).ending).toMatchObject({ outcome: 'failed', unauthenticated: true });
	});
});

describe('the rate limit', () => {
	const login: Vendor = {
		...vendor,
		rateLimits: () => ({ general: [{ limit: 1, windowMs: 3_600_000 }] }),
		identity: ({ user }) => [String(user)],
	};
	const once = async (user: string): Promise<unknown> => {
		const { context } = newContext([CREATED], { user, apiKey: undefined });
		const transport = await openTransport(context, login);
		const send = transport.sender({ safety: 'safe', maxWaitMs: 0 });
		return await send({ method: 'GET', path: ['leads'] }).catch(
			(error: RequestError) => error.ending.outcome,
		);
	};

	it('is shared by those whom the vendor counts as one, and by nobody else', async () => {
		expect(await once('ada')).toEqual({ id: '1' });
		expect(await once('ada')).toBe('throttled');
		expect(await once('grace')).toEqual({ id: '1' });
	});
});

describe('the secrets of a credential', () => {
	it('are its password fields that could be told from other text', async () => {
		const { context } = newContext([], {
			apiKey: 'key-1',
			webhookSecret: 'secret-1',
			previousWebhookSecret: 'abc',
			publicKey: 'key-that-is-none',
		});
		const { secrets } = await openTransport(context, vendor);
		expect(secrets).toEqual(['key-1', 'secret-1']);
	});
});
