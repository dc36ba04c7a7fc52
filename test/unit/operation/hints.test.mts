import { Hints } from '../../../nodes/shared/operation/hints.ts';
import { spara } from '../../../nodes/Spara/vendor.ts';

const deprecation = ({ sunset }: Record<string, string>): string | undefined =>
	sunset && `This API ends on ${sunset}`;
const hintsOf = (note: (hints: Hints) => void): string[] => {
	const hints = new Hints({ ...spara, notice: deprecation });
	note(hints);
	return hints.all().map(({ message }) => message);
};

describe('Hints', () => {
	it('are not given where there is nothing to tell', () => {
		expect(
			hintsOf((hints) => {
				hints.noteWait(999);
				hints.noteHeaders({});
			}),
		).toEqual([]);
	});

	it('tell the longest wait', () => {
		const told = hintsOf((hints) => [1200, 61_700, 3000].forEach((ms) => hints.noteWait(ms)));
		expect(told).toEqual(['Requests waited up to 62 s for the rate limit of Spara. Nothing was lost.']);
	});

	it.each([
		[{ limit: 60, windowMs: 60_000 }, '60 per minute'],
		[{ limit: 1000, windowMs: 3_600_000 }, '1,000 per hour'],
		[{ limit: 60, windowMs: 6000 }, '60 per 6 s'],
	])('tell which limit the longest wait was for: %j', (rateLimit, words) => {
		const told = hintsOf((hints) => {
			hints.noteWait(58_000, rateLimit);
			hints.noteWait(2000);
		});
		expect(told).toEqual([
			`Requests waited up to 58 s for the rate limit of Spara (${words}). Nothing was lost.`,
		]);
	});

	it('tell that a limit was reached', () => {
		expect(hintsOf((hints) => hints.noteLimit(50))).toEqual([
			'There may be more results than the 50 returned. Turn on "Return All" or raise "Limit" to get them.',
		]);
	});

	it('tell what the vendor says in its headers, once', () => {
		const told = hintsOf((hints) => [1, 2, 3].forEach(() => hints.noteHeaders({ sunset: '2027-01-01' })));
		expect(told).toEqual(['This API ends on 2027-01-01']);
	});
});
