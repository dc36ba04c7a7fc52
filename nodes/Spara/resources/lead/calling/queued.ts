const KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * Calls that this process has queued, by lead: milliseconds since the epoch, oldest first. Spara shows a call only once
 * it has started, so for a while nobody else knows of it.
 */
const queuedCalls = new Map<string, number[]>();

/** When this process queued calls of a lead in the last 24 hours. */
export function queuedCallsOf(leadId: string, now: number): number[] {
	return (queuedCalls.get(leadId) ?? []).filter((time) => now - time < KEPT_MS);
}

/** Notes that a call is being queued. Takes the place of what is too old to matter. */
export function noteQueuedCall(leadId: string, now: number): void {
	for (const [other, times] of queuedCalls) {
		if (now - times[times.length - 1] < KEPT_MS) break;
		queuedCalls.delete(other);
	}
	const times = [...queuedCallsOf(leadId, now), now];
	// At the end again: the oldest entries are looked at first.
	queuedCalls.delete(leadId);
	queuedCalls.set(leadId, times);
}

/** The call was not queued after all. */
export function forgetQueuedCall(leadId: string, time: number): void {
	const left = (queuedCalls.get(leadId) ?? []).filter((other) => other !== time);
	if (left.length > 0) queuedCalls.set(leadId, left);
	else queuedCalls.delete(leadId);
}
