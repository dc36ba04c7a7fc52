import { RollingWindow } from '../../../nodes/shared/transport/rollingWindow.ts';

const WINDOW_MS = 1000;

/** A window of ten slots, all taken and answered at 0. */
function fullWindow(): RollingWindow {
	const window = new RollingWindow({ limit: 10, windowMs: WINDOW_MS });
	for (let taken = 0; taken < 10; taken++) window.take();
	for (let settled = 0; settled < 10; settled++) window.settle(settled);
	return window;
}

describe('what a server says about its window', () => {
	it('is not taken for the work of others where our own slots opened while its answer was on the way', () => {
		const window = fullWindow();
		const own = window.tally(999);
		window.observe(10, 0, 2000, 1009, own());
		expect(window.used(1009)).toBe(0);
		expect(window.allowed(1009)).toBe(10);
	});

	it('counts slots that we took meanwhile', () => {
		const window = new RollingWindow({ limit: 10, windowMs: WINDOW_MS });
		const own = window.tally(0);
		for (let taken = 0; taken < 4; taken++) window.take();
		window.observe(10, 6, 2000, 50, own());
		expect(window.allowed(50)).toBe(10);
	});

	it('takes slots away that others hold, until it says', () => {
		const window = new RollingWindow({ limit: 10, windowMs: WINDOW_MS });
		const own = window.tally(0);
		window.take();
		window.observe(10, 3, 700, 50, own());
		expect(window.allowed(50)).toBe(4);
		expect(window.allowed(700)).toBe(10);
	});
});
