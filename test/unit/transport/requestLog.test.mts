import type { IExecuteFunctions } from 'n8n-workflow';
import type { HttpCall } from '../../../nodes/shared/transport/http.ts';
import { requestLog, shownWait } from '../../../nodes/shared/transport/requestLog.ts';
import { showWait } from '../../../nodes/shared/transport/waitMessages.ts';
import { sendWithRetry } from '../../../nodes/shared/transport/retry.ts';
import { FakeClock } from '../support/fakeClock.mts';
import { newAccount, sendingTo } from './clients.mts';

const GET = { method: 'GET' as const, url: 'https://api.example.com/leads', headers: {}, timeoutMs: 1000 };

describe('a line of the debug log', () => {
	const lines: string[] = [];
	const context = {
		getNode: () => ({ name: 'Acme' }),
		logger: { debug: (line: string) => lines.push(line) },
	} as unknown as IExecuteFunctions;

	it('says which request it is, without IDs in its address, and holds no secret', () => {
		const path = ['leads', 'ada@example.com', 'notes'];
		requestLog(context, ['hunter2-hunter2'], { method: 'POST', path, itemIndex: 3 })(
			'is sent again: bad password hunter2-hunter2',
		);
		requestLog(context, [], { method: 'GET', path: ['leads'] })('waits');
		expect(lines).toEqual([
			'Acme: POST /leads/… of item 3 is sent again: bad password ***',
			'Acme: GET /leads waits',
		]);
	});

	it('is shown to who runs the workflow by hand where it tells of a wait, once for all that wait together', () => {
		const shown: string[] = [];
		const byHand = { ...context, sendMessageToUI: (line: string) => shown.push(line) };
		const log = (itemIndex: number) =>
			requestLog(byHand as unknown as IExecuteFunctions, ['hunter2-hunter2'], {
				method: 'GET',
				path: ['leads'],
				itemIndex,
			});
		log(0)('has learned a limit');
		log(0)('waits about 30 s for hunter2-hunter2');
		log(1)('waits about 31 s for hunter2-hunter2');
		log(1)('is sent again in 2000 ms: 503');
		expect(shown).toEqual(['Acme: GET /leads of item 0 waits about 30 s for ***']);
	});

	it.each([
		[0.4, '0 ms'],
		[1234.5, '1235 ms'],
		[10_000, '10 s'],
		[3_600_000, '3600 s'],
	])('shows a wait of %p ms as %p', (ms, shown) => {
		expect(shownWait(ms)).toBe(shown);
	});
});

describe('a wait that lasts', () => {
	it('is shown again every five seconds, and of each run by itself', () => {
		const shown: string[] = [];
		const runOf = (name: string) =>
			({ sendMessageToUI: (line: string) => shown.push(`${name} ${line}`) }) as unknown as IExecuteFunctions;
		const [one, other] = [runOf('one'), runOf('other')];
		for (const second of [0, 1, 4.9, 5, 6, 10]) showWait(one, `at ${second} s`, second * 1000);
		showWait(other, 'at 6 s', 6000);
		expect(shown).toEqual(['one at 0 s', 'one at 5 s', 'one at 10 s', 'other at 6 s']);
	});

	it('is not shown where n8n has nobody to show it to', () => {
		expect(() => showWait({} as unknown as IExecuteFunctions, 'at 0 s', 0)).not.toThrow();
	});
});

describe('what the log tells of requests', () => {
	/** Sends requests at the same time; each answer is a status or a system code, then 200. */
	async function told(plan: Array<number | string>, limits: object, requests = 1): Promise<string[]> {
		const clock = new FakeClock();
		const lines: string[] = [];
		const http: HttpCall = async () => {
			const next = plan.shift() ?? 200;
			await clock.sleep(30);
			if (typeof next === 'string') throw Object.assign(new Error(next), { code: next, isAxiosError: true });
			const headers: Record<string, string> = next === 429 ? { 'retry-after': '7' } : {};
			return { status: next, body: '{}', headers };
		};
		const account = newAccount(clock, { general: [], ...limits });
		const sending = { ...sendingTo(http, account, clock), maxWaitMs: 3_600_000, safety: 'safe' as const };
		const all = Array.from({ length: requests }, async (_, item) =>
			sendWithRetry(GET, { ...sending, log: (what) => lines.push(`${item} ${what}`) }),
		);
		await clock.run(Promise.all(all));
		return lines;
	}

	it('is nothing where nothing is in the way', async () => {
		expect(await told([], {}, 5)).toEqual([]);
	});

	it('is how long a request waits, and for which limit', async () => {
		const lines = await told([], { general: [{ limit: 2, windowMs: 6000 }] }, 3);
		expect(lines).toContainEqual(
			expect.stringMatching(
				/^2 waits (about \d+ ms for the rate limit "general" \(2 in 6000 ms, open\)|for the answer)/,
			),
		);
	});

	it('is why a request is sent again, and when', async () => {
		const lines = await told([503, 'ECONNRESET'], {});
		expect(lines).toEqual([
			expect.stringMatching(/^0 is sent again in \d+ ms: try 1 ended as ambiguous \(status 503\)$/),
			expect.stringMatching(/^0 is sent again in \d+ ms: try 2 ended as ambiguous \(ECONNRESET\)$/),
		]);
	});

	it('is that the server refused it for the limit, and how long all wait for that', async () => {
		const lines = await told([429], {});
		expect(lines[0]).toBe('0 goes back into the queue: try 1 ended as throttled (status 429)');
		expect(lines[1]).toMatch(/^0 waits about [67]\d{3} ms, since the server refused a request$/);
	});

	it('is a limit that was learned', async () => {
		const plan = [...Array(20).fill(200), ...Array(5).fill(429)];
		const lines = await told(plan, {}, 40);
		expect(lines).toContainEqual(
			expect.stringMatching(
				/has taught what is now the rate limit "general" \(\d+ in .*s, (open|sharing)\)$/,
			),
		);
	});
});
