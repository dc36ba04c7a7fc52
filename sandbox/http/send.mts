import type { FastifyReply } from 'fastify';
import type { Clock } from '../clock.mts';
import type { Answer } from './answer.mts';
import type { Fault } from './faults.mts';

const slowPieces = 10;
const bytesPromisedButNotSent = 64;

/** Resets the connection (TCP RST) instead of answering. */
export function resetConnection(reply: FastifyReply): void {
	reply.hijack();
	reply.raw.socket?.resetAndDestroy();
}

/** Waits real milliseconds, or until the client hangs up; resolves to whether it is still there. */
export async function waitWhileConnected(reply: FastifyReply, ms: number, clock: Clock): Promise<boolean> {
	const hangUp = new AbortController();
	const abort = () => hangUp.abort();
	reply.raw.once('close', abort);
	try {
		await clock.sleep(ms, hangUp.signal);
		return true;
	} catch {
		return false;
	} finally {
		reply.raw.removeListener('close', abort);
	}
}

/** Sends an answer, spoiled by those faults that strike once the request has been applied. */
export async function send(
	reply: FastifyReply,
	answer: Answer,
	fault: Fault | undefined,
	clock: Clock,
): Promise<void> {
	if (fault?.kind === 'reset-after') return resetConnection(reply);
	if (fault?.kind === 'slow') return await sendSlowly(reply, answer, fault.durationMs, clock);
	if (fault?.kind === 'cut') return sendCut(reply, answer);
	if (fault?.kind === 'invalid-json') return sendInvalidJson(reply, answer);
	reply
		.code(answer.status)
		.headers(answer.headers)
		.send(answer.body === '' ? undefined : answer.body);
}

async function sendSlowly(
	reply: FastifyReply,
	answer: Answer,
	durationMs: number,
	clock: Clock,
): Promise<void> {
	const body = Buffer.from(answer.body);
	reply.hijack();
	reply.raw.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
	reply.raw.flushHeaders();
	for (let piece = 0; piece < slowPieces; piece++) {
		if (!(await waitWhileConnected(reply, durationMs / slowPieces, clock))) return;
		const [start, end] = [piece, piece + 1].map((share) => Math.floor((body.length * share) / slowPieces));
		reply.raw.write(body.subarray(start, end));
	}
	reply.raw.end();
}

function sendCut(reply: FastifyReply, answer: Answer): void {
	const body = Buffer.from(answer.body);
	reply.hijack();
	reply.raw.writeHead(answer.status, {
		...answer.headers,
		'content-length': body.length + bytesPromisedButNotSent,
	});
	reply.raw.flushHeaders();
	reply.raw.write(body);
	reply.raw.socket?.destroySoon();
}

function sendInvalidJson(reply: FastifyReply, answer: Answer): void {
	const body = answer.body.slice(0, Math.floor(answer.body.length / 2)) || '{"object":';
	const headers = { ...answer.headers, 'content-type': 'application/json; charset=utf-8' };
	reply.code(200).headers(headers).send(body);
}
