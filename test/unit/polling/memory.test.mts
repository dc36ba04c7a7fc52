import fc from 'fast-check';
import {
	isKnown,
	newMemory,
	remembering,
	storedMemory,
	storeMemory,
	type PollMemory,
	type Sighting,
} from '../../../nodes/shared/polling/memory.ts';

const MINUTE_MS = 60_000;
const sighting = (key: string, time: number): Sighting => ({ key, time });

describe('the memory of a polling trigger', () => {
	it('survives being stored, for its own event only', () => {
		const staticData = {};
		const memory = remembering(newMemory(10 * MINUTE_MS), [sighting('a', 10 * MINUTE_MS)]);
		storeMemory(staticData, 'order.created', memory);
		const restored = storedMemory(JSON.parse(JSON.stringify(staticData)), 'order.created');
		expect(restored).toEqual(memory);
		expect(storedMemory(staticData, 'order.updated')).toBeUndefined();
		expect(storedMemory({}, 'order.created')).toBeUndefined();
	});

	it('forgets what will not be read again, and nothing else', () => {
		const memory = remembering(newMemory(0), [sighting('old', 0), sighting('new', 6 * MINUTE_MS)]);
		expect(memory.from).toBe(MINUTE_MS);
		expect([isKnown(memory, sighting('old', 0)), isKnown(memory, sighting('new', 0))]).toEqual([false, true]);
	});

	it('never goes back, also when nothing was seen', () => {
		const memory = newMemory(10 * MINUTE_MS);
		expect(remembering(memory, [])).toEqual(memory);
		expect(remembering(memory, [sighting('a', 6 * MINUTE_MS)]).from).toBe(memory.from);
	});

	it.each([
		['a thousandth of a second apart', (index: number) => index],
		['forty to an instant', (index: number) => Math.floor(index / 40)],
	])('is bounded where more than fits lies in the overlap: %s', (_name, timeOf) => {
		const all = Array.from({ length: 12_000 }, (_, index) =>
			sighting(`r${index}`, 1_000_000 + timeOf(index)),
		);
		const memory = remembering(newMemory(1_000_000), all);
		expect(memory.seen.size).toBeLessThanOrEqual(5000);
		const readAgain = all.filter(({ time }) => time >= memory.from);
		expect(readAgain.filter((one) => !isKnown(memory, one))).toEqual([]);
	});

	it('keeps all of one instant together, however many there are', () => {
		const all = Array.from({ length: 6000 }, (_, index) => sighting(`r${index}`, 1_000_000));
		const memory = remembering(newMemory(1_000_000), all);
		expect(all.every((one) => isKnown(memory, one))).toBe(true);
	});

	it('knows everything that the next run reads again, whatever came in whichever order', () => {
		const runs = fc.array(fc.array(fc.nat(20 * MINUTE_MS), { maxLength: 20 }), { maxLength: 8 });
		fc.assert(
			fc.property(runs, (timesPerRun) => {
				let memory: PollMemory = newMemory(0);
				const seen: Sighting[] = [];
				timesPerRun.forEach((times, run) => {
					const fresh = times
						.map((time, index) => sighting(`${run}-${index}`, time))
						.filter(({ time }) => time >= memory.from);
					memory = remembering(memory, fresh);
					seen.push(...fresh);
					expect(seen.filter((one) => one.time >= memory.from && !isKnown(memory, one))).toEqual([]);
				});
			}),
		);
	});
});
