import { RollingWindow } from '../../../nodes/shared/transport/rollingWindow';

const WINDOW_MS = 60_000;
const silent = (limit: number): RollingWindow =>
	new RollingWindow({ limit, windowMs: WINDOW_MS, isSilent: true });

/** How many requests the window lets be under way when so many have been answered. */
function underWay(window: RollingWindow, answered: number): number {
	for (let taken = 0; taken < answered; taken++) {
		window.take();
		window.settle(0);
	}
	let count = 0;
	for (; count < 100 && window.hasRoom(0) && window.mayTakeAnother(0); count++) window.take();
	return count;
}

describe('a limit of 60 whose server never says how much is left', () => {
	it.each([
		[0, 12],
		[20, 8],
		[40, 4],
		[55, 1],
		[59, 1],
	])('with %d of it used, lets %d requests be under way', (answered, expected) => {
		expect(underWay(silent(60), answered)).toBe(expected);
	});

	it('lets all go at once when our own requests have filled it, for three windows', () => {
		const window = silent(60);
		underWay(window, 60);
		expect(window.opensAt(0)).toBeGreaterThan(0);
		window.take();
		window.take();
		expect(window.mayTakeAnother(3 * WINDOW_MS)).toBe(true);
		for (let taken = 0; taken < 20; taken++) window.take();
		expect(window.mayTakeAnother(3 * WINDOW_MS + 1)).toBe(false);
	});

	it('takes a rejection of a share that grows for what it is', () => {
		const window = silent(60);
		window.startAt(40, 0);
		expect(window.isProbing(2 * WINDOW_MS)).toBe(false);
		expect(window.isProbing(3 * WINDOW_MS)).toBe(true);
		expect(window.isProbing(20 * WINDOW_MS)).toBe(false);
	});
});

it('a limit whose server tells is not held back', () => {
	const window = new RollingWindow({ limit: 60, windowMs: WINDOW_MS });
	expect(underWay(window, 0)).toBe(60);
	window.startAt(40, 0);
	expect(window.isProbing(3 * WINDOW_MS)).toBe(false);
});
