import { CancelledError, systemClock } from '../../../nodes/shared/clock';
import { itemsOf, openSpara, VOICE_AGENT } from './stage.mts';

/** Time that stands still; whoever sleeps does so until time is moved on, or until the run is stopped. */
class StandingClock {
	private nowMs = Date.now();

	private readonly sleepers = new Set<() => void>();

	private readonly onSleep: () => void;

	constructor(onSleep: () => void) {
		this.onSleep = onSleep;
	}

	now = (): number => this.nowMs;

	random = (): number => 0.5;

	sleep = async (_ms: number, signal?: AbortSignal): Promise<void> => {
		const asleep = new Promise<void>((resolve, reject) => {
			if (signal?.aborted) reject(new CancelledError());
			signal?.addEventListener('abort', () => reject(new CancelledError()));
			this.sleepers.add(resolve);
		});
		this.onSleep();
		await asleep;
	};

	moveOn(ms: number): void {
		this.nowMs += ms;
		for (const wake of this.sleepers) wake();
	}
}

it('Stop ends a wait for the rate limit at once, and nothing more is sent, however much later', async () => {
	const stop = new AbortController();
	const callsPlaced = (): number => stage.sandbox.accepted({ limit: 'calls' }).length;
	const clock = new StandingClock(() => {
		if (callsPlaced() > 0) stop.abort();
	});
	jest.spyOn(systemClock, 'now').mockImplementation(clock.now);
	jest.spyOn(systemClock, 'sleep').mockImplementation(clock.sleep);
	const stage = await openSpara({ clock });
	const leads = stage.sandbox.leads().filter(({ data }) => data.phone_number);
	const items = itemsOf(100, (index) => ({ id: leads[index % leads.length].id }));

	const { status } = await stage.lead(
		'call',
		{ leadId: '={{ $json.id }}', voiceAgentId: VOICE_AGENT, callMode: 'qa' },
		{ items, signal: stop.signal },
	);
	expect(status).toBe('canceled');
	const placed = callsPlaced();
	expect(placed).toBeGreaterThan(0);
	expect(placed).toBeLessThanOrEqual(10);
	clock.moveOn(60_000);
	// A whole request there and back: whatever was on its way has arrived by then.
	await fetch(`${stage.url}/spara/v1/leads`);
	expect(callsPlaced()).toBe(placed);

	await stage.close();
	jest.restoreAllMocks();
});
