import fc from 'fast-check';
import type { HttpCall, HttpRequest, HttpResponse } from '../../../nodes/shared/transport/http.ts';
import type { Outcome, Safety } from '../../../nodes/shared/transport/outcome.ts';
import { RequestError } from '../../../nodes/shared/transport/requestError.ts';
import { readBody, sendWithRetry } from '../../../nodes/shared/transport/retry.ts';
import { FakeClock } from '../support/fakeClock.mts';
import { newAccount, sendingTo } from './clients.mts';

/** What a try comes to on the wire: an answer, or a system code that is thrown. */
type Wire = HttpResponse | { thrown: string };

function answer(status: number, body = '{}', headers: Record<string, string> = {}): HttpResponse {
	return { status, body, headers };
}

const OK = answer(200, '{"id":"1"}');

/** Longer than any sensible wait: most of what is tried here ends before. */
const LONG_MS = 15 * 60_000;

/** Sends one request to a vendor that does as planned, and then what was planned last. */
async function send(
	plan: Wire[],
	safety: Safety,
	more: Partial<HttpRequest & { maxWaitMs: number; signal: AbortSignal }> = {},
) {
	const { maxWaitMs = LONG_MS, signal, ...request } = more;
	const clock = new FakeClock();
	const sentAt: number[] = [];
	const http: HttpCall = async () => {
		sentAt.push(clock.now());
		await clock.sleep(30);
		const wire = plan[Math.min(sentAt.length, plan.length) - 1];
		if ('thrown' in wire)
			throw Object.assign(new Error(wire.thrown), { code: wire.thrown, isAxiosError: true });
		return wire;
	};
	const account = newAccount(clock, { general: [] });
	const whole: HttpRequest = {
		method: 'POST',
		url: 'https://api.example.com/leads',
		headers: {},
		timeoutMs: 60_000,
		...request,
	};
	const sending = { ...sendingTo(http, account, clock), safety, maxWaitMs, signal };
	const result = await clock.run(
		sendWithRetry(whole, sending).then(
			(answered) => ({ data: answered.data, ending: undefined }),
			(error: RequestError) => ({ data: undefined, ending: error.ending }),
		),
	);
	return {
		...result,
		sent: sentAt.length,
		waits: sentAt.slice(1).map((at, index) => at - sentAt[index] - 30),
		clock,
	};
}

const wires: Record<Exclude<Outcome, 'cancelled'>, Wire[]> = {
	answered: [OK],
	throttled: [answer(429)],
	notSent: [{ thrown: 'ECONNREFUSED' }, { thrown: 'ENOTFOUND' }],
	ambiguous: [
		{ thrown: 'ECONNRESET' },
		{ thrown: 'ETIMEDOUT' },
		answer(408),
		answer(500),
		answer(502, '<html></html>'),
		answer(200, '{"cut'),
	],
	failed: [
		answer(400),
		answer(401),
		answer(403),
		answer(404),
		answer(422),
		answer(302),
		{ thrown: 'CERT_HAS_EXPIRED' },
	],
};

describe('what comes after one ending', () => {
	const goesOn: Record<Safety, Outcome[]> = {
		safe: ['throttled', 'notSent', 'ambiguous'],
		idempotent: ['throttled', 'notSent', 'ambiguous'],
		nonIdempotent: ['throttled', 'notSent'],
	};
	const rows = (Object.keys(goesOn) as Safety[]).flatMap((safety) =>
		Object.entries(wires).flatMap(([outcome, ofOutcome]) =>
			ofOutcome.map((wire) => ({
				safety,
				outcome: outcome as Outcome,
				wire,
				text: 'thrown' in wire ? wire.thrown : `${wire.status} ${wire.body}`,
			})),
		),
	);

	it.each(rows)('$safety, $outcome ($text)', async ({ safety, outcome, wire }) => {
		const { sent, data, ending } = await send([wire, OK], safety);
		const isRetried = goesOn[safety].includes(outcome);
		expect(sent).toBe(isRetried ? 2 : 1);
		if (isRetried || outcome === 'answered') expect(data).toEqual({ id: '1' });
		else expect(ending).toMatchObject({ outcome, safety, attempts: 1 });
	});
});

describe('an unsafe request', () => {
	it('is never sent again once it may have been done, whatever came before and comes after', async () => {
		const kinds = Object.keys(wires) as Array<keyof typeof wires>;
		const step = fc
			.constantFrom(...kinds)
			.chain((kind) => fc.constantFrom(...wires[kind].map((wire) => ({ kind, wire }))));
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), async (steps) => {
				const { sent, ending } = await send(
					steps.map(({ wire }) => wire),
					'nonIdempotent',
				);
				const last = Math.min(sent, steps.length) - 1;
				expect(steps.slice(0, last).every(({ kind }) => kind === 'throttled' || kind === 'notSent')).toBe(
					true,
				);
				if (sent <= steps.length) expect(ending?.outcome ?? 'answered').toBe(steps[last].kind);
			}),
			{ numRuns: 300 },
		);
	});
});

describe('a delete', () => {
	const remove = async (plan: Wire[]) => await send(plan, 'idempotent', { method: 'DELETE' });

	it('that may have arrived before is done when the record is gone', async () => {
		const { sent, ending, data } = await remove([{ thrown: 'ECONNRESET' }, answer(404)]);
		expect({ sent, ending, data }).toEqual({ sent: 2, ending: undefined, data: undefined });
		expect(
			(await remove([answer(502), answer(429), { thrown: 'ECONNREFUSED' }, answer(404)])).ending,
		).toBeUndefined();
	});

	it.each<[string, Wire[]]>([
		['the first try', [answer(404)]],
		['a try after a rejection', [answer(429), answer(404)]],
		['a try after one that never arrived', [{ thrown: 'ECONNREFUSED' }, answer(404)]],
	])('of a record that is not found at %s is refused', async (_, plan) => {
		expect((await remove(plan)).ending).toMatchObject({ outcome: 'failed', response: { status: 404 } });
	});

	it('is the only request whose 404 counts as done', async () => {
		const { ending } = await send([{ thrown: 'ECONNRESET' }, answer(404)], 'idempotent', { method: 'PUT' });
		expect(ending).toMatchObject({ outcome: 'failed' });
	});
});

describe('an answer that cannot be read', () => {
	it.each(['{"id":', '<html>busy</html>', '{}}'])(
		'with a good status and the body %j may have been done',
		async (body) => {
			expect(await send([answer(200, body), OK], 'nonIdempotent')).toMatchObject({
				sent: 1,
				ending: { outcome: 'ambiguous', unreadable: true },
			});
			expect(await send([answer(200, body), OK], 'safe')).toMatchObject({ sent: 2, data: { id: '1' } });
		},
	);

	it.each([
		['application/json', '[1]', [1]],
		['application/vnd.api+json; charset=utf-8', '{"a":1}', { a: 1 }],
		['text/plain', 'queued', 'queued'],
		['text/plain', '{"a":1}', { a: 1 }],
		['text/csv', 'a,b', 'a,b'],
		['application/json', '', undefined],
		['application/json', ' \n', undefined],
	])('is none of these: %s %j', (contentType, body, data) => {
		expect(readBody(answer(200, body, { 'content-type': contentType }))).toEqual(data);
	});

	it('is a web page with a good status', () => {
		expect(() => readBody(answer(200, '<p>Sign in</p>', { 'content-type': 'text/html' }))).toThrow(
			SyntaxError,
		);
	});
});

describe('tries', () => {
	it.each<[string, Wire, number]>([
		['that never arrive', { thrown: 'ECONNREFUSED' }, 6],
		['that may have arrived', answer(503), 6],
	])('%s come to an end', async (_, wire, sent) => {
		const result = await send([wire], 'safe');
		expect(result.sent).toBe(sent);
		expect(result.ending?.attempts).toBe(sent);
	});

	it('that are throttled go on until the longest wait is over, ever further apart', async () => {
		const { sent, ending, waits, clock } = await send([answer(429)], 'safe', { maxWaitMs: 10 * 60_000 });
		expect(ending).toMatchObject({ outcome: 'throttled', attempts: sent, waitMs: expect.any(Number) });
		expect(sent).toBeGreaterThan(9);
		expect(sent).toBeLessThan(30);
		expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(10 * 60_000);
		expect(clock.now()).toBeLessThanOrEqual(Date.UTC(2026, 0, 1) + 10 * 60_000 + 30 * 30);
	});

	it('are bounded for any sequence of outcomes', async () => {
		const wire = fc.constantFrom(...Object.values(wires).flat());
		await fc.assert(
			fc.asyncProperty(
				fc.array(wire, { minLength: 1, maxLength: 30 }),
				fc.constantFrom<Safety>('safe', 'nonIdempotent'),
				async (plan, safety) => {
					expect((await send(plan, safety)).sent).toBeLessThanOrEqual(6 + 40);
				},
			),
			{ numRuns: 200 },
		);
	});

	it('are apart by random waits that double from a second on', async () => {
		const { waits } = await send([answer(503)], 'safe');
		waits.forEach((wait, retry) => {
			expect(wait).toBeGreaterThanOrEqual(0);
			expect(wait).toBeLessThanOrEqual(1000 * 2 ** retry);
		});
		expect(Math.max(...waits)).toBeGreaterThan(1000);
	});

	it.each([429, 503])('are never sooner than the server asked for with a %i', async (status) => {
		const { waits } = await send([answer(status, '', { 'retry-after': '90' }), OK], 'safe');
		expect(waits[0]).toBeGreaterThanOrEqual(90_000);
	});

	it.each([429, 503])(
		'are given up at once where the server asks for a longer wait than is allowed with a %i',
		async (status) => {
			const { sent, ending, clock } = await send([answer(status, '', { 'retry-after': '90' }), OK], 'safe', {
				maxWaitMs: 60_000,
			});
			expect(sent).toBe(1);
			expect(ending?.waitMs).toBeGreaterThanOrEqual(90_000);
			expect(clock.now() - new FakeClock().now()).toBeLessThan(1000);
		},
	);

	it('share the longest wait: rejections cannot add up to more', async () => {
		const plan = Array.from({ length: 8 }, () => answer(429, '', { 'retry-after': '20' }));
		const { waits, ending } = await send(plan, 'safe', { maxWaitMs: 60_000 });
		expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(60_000);
		expect(ending?.waitMs).toBeGreaterThanOrEqual(20_000);
	});

	it('end with the execution: in the pause before a retry, and in the queue', async () => {
		for (const wire of [answer(503), answer(429, '', { 'retry-after': '60' })]) {
			const controller = new AbortController();
			const running = send([wire], 'safe', { signal: controller.signal });
			setImmediate(() => controller.abort());
			expect((await running).ending).toMatchObject({ outcome: 'cancelled', attempts: expect.any(Number) });
		}
	});
});

describe('the retry budget', () => {
	async function storm(count: number, wire: (index: number) => Wire): Promise<number> {
		const clock = new FakeClock();
		const account = newAccount(clock, { general: [] });
		let sent = 0;
		const http: HttpCall = async () => {
			const result = wire(sent++);
			await clock.sleep(20);
			if ('thrown' in result)
				throw Object.assign(new Error(result.thrown), { code: result.thrown, isAxiosError: true });
			return result;
		};
		const sending = sendingTo(http, account, clock);
		const request: HttpRequest = { method: 'GET', url: 'https://api.example.com', headers: {}, timeoutMs: 1 };
		const workers = Array.from({ length: 5 }, async () => {
			for (let index = 0; index < count / 5; index++)
				await sendWithRetry(request, sending).catch(() => undefined);
		});
		await clock.run(Promise.all(workers));
		return sent;
	}

	it.each<[string, Wire, number]>([
		['answers of 503', answer(503), 1100],
		['refused connections', { thrown: 'ECONNREFUSED' }, 1100],
		['timeouts, which cost double', { thrown: 'ETIMEDOUT' }, 1050],
	])('stops a storm of %s: 1,000 requests', async (_, wire, sends) => {
		expect(await storm(1000, () => wire)).toBe(sends);
	});

	it('lasts where every fifth try goes wrong: each request is tried until it succeeds', async () => {
		const sent = await storm(1000, (index) => (index % 5 === 4 ? answer(503) : OK));
		expect(sent).toBeGreaterThanOrEqual(1249);
	});
});
