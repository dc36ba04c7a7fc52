import fc from 'fast-check';
import {
	firstText,
	holdsNothing,
	isEmpty,
	isoTime,
	text,
	withoutEmpty,
	withoutUndefined,
} from '../../../nodes/shared/data/values';

const anything = fc.oneof(fc.anything(), fc.constantFrom(undefined, null, '', 0, false, [], {}));

describe('what says nothing', () => {
	it('is undefined, null and the empty text, and never zero or false', () => {
		expect([undefined, null, ''].map(isEmpty)).toEqual([true, true, true]);
		expect([0, false, ' ', Number.NaN, [], {}].map(isEmpty)).toEqual(Array(6).fill(false));
	});

	it('is, where lists and objects count, also one without entries; a date holds something', () => {
		expect([undefined, '', [], {}].map(holdsNothing)).toEqual(Array(4).fill(true));
		expect([0, false, [undefined], { a: undefined }, new Date()].map(holdsNothing)).toEqual(
			Array(5).fill(false),
		);
	});

	it('is dropped and nothing else, in order, without touching what was given', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.string(), anything)), (entries) => {
				const given = Object.freeze(Object.fromEntries(entries));
				const kept = Object.entries(given);
				expect(Object.entries(withoutEmpty(given))).toEqual(kept.filter(([, value]) => !isEmpty(value)));
				expect(Object.entries(withoutUndefined(given))).toEqual(
					kept.filter(([, value]) => value !== undefined),
				);
			}),
		);
	});
});

describe('texts of answers', () => {
	it('are written out whatever their type; nothing stays nothing', () => {
		expect([0, false, '', 12.5].map(text)).toEqual(['0', 'false', '', '12.5']);
		expect([undefined, null].map(text)).toEqual([undefined, undefined]);
	});

	it('are the first that is a text and not empty', () => {
		expect(firstText(undefined, null, 3, '', 'a', 'b')).toBe('a');
		expect(firstText()).toBeUndefined();
	});
});

describe('times', () => {
	it('are the same moment in UTC, whatever their zone', () => {
		expect(isoTime('2026-02-03T09:00:00+01:00')).toBe('2026-02-03T08:00:00.000Z');
		fc.assert(
			fc.property(fc.date({ noInvalidDate: true }), (date) => {
				expect(isoTime(date.toISOString())).toBe(date.toISOString());
			}),
		);
	});

	it('that cannot be read are none', () => {
		expect(['soon', '', undefined, null, {}, 1_767_225_600].map(isoTime)).toEqual(Array(6).fill(undefined));
	});
});
