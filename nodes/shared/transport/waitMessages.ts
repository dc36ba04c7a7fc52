import type { RequestContext } from './http';

/** How often a person is told at most: requests that wait together wait for the same thing. */
const INTERVAL_MS = 5_000;

/** When a node's run was last told of, by its context. */
const toldAt = new WeakMap<RequestContext, number>();

/**
 * Tells who runs a workflow by hand what the node waits for, while it lasts. n8n 2.40 shows what a running node says in the
 * browser's console only; hints and output come when it has ended. In production, and in n8n's other contexts, nothing is said.
 * @param line without secrets
 * @param now milliseconds since the epoch
 */
export function showWait(context: RequestContext, line: string, now: number): void {
	if (!('sendMessageToUI' in context)) return;
	if (now - (toldAt.get(context) ?? -Infinity) < INTERVAL_MS) return;
	toldAt.set(context, now);
	context.sendMessageToUI(line);
}
