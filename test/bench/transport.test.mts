import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { accountFor } from '../../nodes/shared/transport/account.ts';
import { systemClock } from '../../nodes/shared/clock.ts';
import type { HttpCall } from '../../nodes/shared/transport/http.ts';
import { sendWithRetry } from '../../nodes/shared/transport/retry.ts';
import { table, writePart } from './report.mts';

const ITEMS = { 0: 2000, 100: 100 };
const ROUNDS = 3;

/** Answers every request with a small record, after so many ms. */
async function serve(latencyMs: number): Promise<Server> {
	const server = createServer((_, response) => {
		const answer = (): void => {
			response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}');
		};
		if (latencyMs === 0) answer();
		else void sleep(latencyMs).then(answer);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return server;
}

/** How long `count` calls take with so many under way, in ms. */
async function time(count: number, atOnce: number, call: () => Promise<unknown>): Promise<number> {
	const startedAt = performance.now();
	let left = count;
	const worker = async (): Promise<void> => {
		while (left-- > 0) await call();
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return performance.now() - startedAt;
}

/** Both ways by turns, the best of three rounds each: other work on the machine can only make a round slower. */
async function compare(
	count: number,
	atOnce: number,
	ways: Array<() => Promise<unknown>>,
): Promise<number[]> {
	const best = ways.map(() => Infinity);
	for (let round = 0; round < ROUNDS; round++)
		for (const [index, way] of ways.entries())
			best[index] = Math.min(best[index], await time(count, atOnce, way));
	return best;
}

/** Not a test of anything but that it runs: writes the table. */
it('measures what the transport costs beside the bare HTTP call', async () => {
	const agent = new Agent({ connections: 20 });
	const rows: string[][] = [];
	for (const latencyMs of [0, 100] as const) {
		const server = await serve(latencyMs);
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
		const http: HttpCall = async () => {
			const { statusCode, body } = await request(url, { dispatcher: agent });
			return {
				status: statusCode,
				headers: { 'content-type': 'application/json' },
				body: await body.text(),
			};
		};
		const limits = { general: [{ limit: 1_000_000, windowMs: 60_000 }] };
		const account = accountFor(['bench', url], limits, systemClock);
		const sent = { method: 'GET', url, headers: {}, timeoutMs: 60_000 } as const;
		const sending = { http, account, clock: systemClock, safety: 'safe', maxWaitMs: 60_000 } as const;
		const bare = async (): Promise<unknown> => JSON.parse((await http(sent)).body) as unknown;
		const ours = async (): Promise<unknown> => await sendWithRetry(sent, { ...sending, limits: ['general'] });
		await compare(20, 5, [bare, ours]);
		const oneByOne = await time(ITEMS[latencyMs], 1, ours);
		for (const atOnce of [1, 5, 20]) {
			const [bareMs, oursMs] = await compare(ITEMS[latencyMs], atOnce, [bare, ours]);
			const perItem = ((oursMs - bareMs) / ITEMS[latencyMs]) * 1000;
			rows.push([
				`${latencyMs} ms`,
				String(atOnce),
				(oursMs / bareMs).toFixed(3),
				`${perItem.toFixed(0)} µs`,
				(oneByOne / oursMs).toFixed(1),
			]);
		}
		server.close();
		server.closeAllConnections();
	}
	await agent.close();
	const head = [
		'Server answers after',
		'At once',
		'Time, against the bare call',
		'Added per item',
		'Against one by one',
	];
	writePart('What the transport adds to a bare HTTP call', [
		'The same pooled `undici` call on loopback, bare and through queue, rate limit, retries and reading of the body; the best of',
		"three rounds by turns. Inside n8n the call itself costs more (n8n's helper opens a connection per request), so that the part",
		'added is smaller there.',
		'',
		...table(head, rows),
	]);
}, 300_000);
