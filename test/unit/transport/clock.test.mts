import { CancelledError, systemClock } from '../../../nodes/shared/clock.ts';

describe("the machine's clock", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	it('sleeps as long as it is told, in naps of at most a second', async () => {
		const timeouts = jest.spyOn(globalThis, 'setTimeout');
		let awake = false;
		void systemClock.sleep(2500).then(() => (awake = true));
		await jest.advanceTimersByTimeAsync(2499);
		expect(awake).toBe(false);
		await jest.advanceTimersByTimeAsync(1);
		expect(awake).toBe(true);
		expect(timeouts.mock.calls.map(([, ms]) => ms)).toEqual([1000, 1000, 500]);
	});

	it('is woken at once by a signal, before and during the sleep', async () => {
		const controller = new AbortController();
		const sleeping = systemClock.sleep(60_000, controller.signal);
		await jest.advanceTimersByTimeAsync(1500);
		controller.abort();
		await expect(sleeping).rejects.toBeInstanceOf(CancelledError);
		await expect(systemClock.sleep(60_000, controller.signal)).rejects.toBeInstanceOf(CancelledError);
	});

	it('leaves no listener on the signal', async () => {
		const controller = new AbortController();
		const added = jest.spyOn(controller.signal, 'addEventListener');
		const removed = jest.spyOn(controller.signal, 'removeEventListener');
		const sleeping = systemClock.sleep(3000, controller.signal);
		await jest.advanceTimersByTimeAsync(3000);
		await sleeping;
		expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
	});

	it('does not wait for no time at all', async () => {
		await systemClock.sleep(0);
		await systemClock.sleep(-1);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('goes on when the wall clock is set back', () => {
		jest.useRealTimers();
		const before = systemClock.now();
		const wallClock = jest.spyOn(Date, 'now').mockReturnValue(0);
		expect(systemClock.now()).toBeGreaterThanOrEqual(before);
		wallClock.mockRestore();
		expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(60_000);
	});
});
