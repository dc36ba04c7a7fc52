import fc from 'fast-check';
import { TimeIndex } from '../../../sandbox/time-index.mts';

it('finds exactly the items in the inclusive range, oldest first, whatever was added or moved before', () => {
	const times = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 40 });
	const move = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 20 }));
	const time = fc.integer({ min: -1, max: 21 });
	fc.assert(
		fc.property(times, times, fc.array(move), time, time, (first, second, moves, from, to) => {
			const index = new TimeIndex<{ at: number }>((item) => item.at);
			const items = first.map((at) => ({ at }));
			items.forEach((item) => index.add(item));
			index.between(from, to);
			for (const at of second) index.add(items[items.push({ at }) - 1]);
			for (const [place, at] of moves) {
				if (items.length > 0) items[place % items.length].at = at;
				index.invalidate();
			}
			const found = index.between(from, to);
			expect(new Set(found)).toEqual(new Set(items.filter(({ at }) => at >= from && at <= to)));
			expect(found.map(({ at }) => at)).toEqual(found.map(({ at }) => at).sort((a, b) => a - b));
		}),
	);
});
