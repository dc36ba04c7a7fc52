import { dropJournal, endJournal, openJournal } from '../../../nodes/shared/transport/journal.ts';

const NOW = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;
const ending = { response: { status: 200, headers: {}, body: '' } };

/** The journal of the run, with one write remembered; ended unless told otherwise. */
function writeIn(run: string[], at: number, { ends = true } = {}): void {
	const journal = openJournal(run, at);
	journal.remember('write', ending);
	if (ends) endJournal(run, at);
}

describe('the journal of a run', () => {
	it('answers when the same run is opened again, and for no other run, node or execution', () => {
		writeIn(['execution', 'node', '0'], NOW);
		expect(openJournal(['execution', 'node', '0'], NOW + 5000).recall('write')).toBe(ending);
		expect(openJournal(['execution', 'node', '0'], NOW + 5000).recall('another write')).toBeUndefined();
		expect(openJournal(['execution', 'node', '1'], NOW).recall('write')).toBeUndefined();
		expect(openJournal(['execution', 'other node', '0'], NOW).recall('write')).toBeUndefined();
		expect(openJournal(['other execution', 'node', '0'], NOW).recall('write')).toBeUndefined();
		expect(openJournal(['executio', 'nnode', '0'], NOW).recall('write')).toBeUndefined();
	});

	it('is dropped when the run ended well', () => {
		writeIn(['dropped'], NOW);
		dropJournal(['dropped']);
		expect(openJournal(['dropped'], NOW).recall('write')).toBeUndefined();
	});

	it('is forgotten five minutes after the run ended, not before, and not while it runs', () => {
		writeIn(['ended'], NOW);
		expect(openJournal(['ended'], NOW + 5 * MINUTE_MS).recall('write')).toBe(ending);
		writeIn(['ended'], NOW);
		expect(openJournal(['ended'], NOW + 5 * MINUTE_MS + 1).recall('write')).toBeUndefined();

		writeIn(['running'], NOW, { ends: false });
		expect(openJournal(['running'], NOW + 600 * MINUTE_MS).recall('write')).toBe(ending);
	});

	it('ends anew when the run was started again', () => {
		writeIn(['again'], NOW);
		openJournal(['again'], NOW + 4 * MINUTE_MS);
		endJournal(['again'], NOW + 4 * MINUTE_MS);
		expect(openJournal(['again'], NOW + 8 * MINUTE_MS).recall('write')).toBe(ending);
	});

	it('does not end while the run that was started again goes on', () => {
		writeIn(['long'], NOW);
		openJournal(['long'], NOW + MINUTE_MS);
		openJournal(['somebody else'], NOW + 60 * MINUTE_MS);
		expect(openJournal(['long'], NOW + 60 * MINUTE_MS).recall('write')).toBe(ending);
	});

	it('is never forgotten while its run goes on, however many others are opened and end meanwhile', () => {
		const going = Array.from({ length: 1500 }, (_, index) => [`going ${index}`]);
		for (const run of going) writeIn(run, NOW, { ends: false });
		for (let index = 0; index < 5000; index++) writeIn([`ended ${index}`], NOW);
		expect(going.filter((run) => openJournal(run, NOW).recall('write') === undefined)).toEqual([]);
	});

	it('makes room: of ended runs that take much memory the oldest is forgotten and the young ones are not', () => {
		const large = { response: { status: 200, headers: {}, body: 'x'.repeat(1_000_000) } };
		const runs = Array.from({ length: 100 }, (_, index) => [`large ${index}`]);
		for (const run of runs) {
			const journal = openJournal(run, NOW);
			journal.remember('write', large);
			endJournal(run, NOW);
		}
		openJournal(['one more'], NOW);
		const remembered = runs.map((run) => {
			const journal = openJournal(run, NOW);
			endJournal(run, NOW);
			return journal.recall('write') !== undefined;
		});
		expect(remembered.slice(0, 50)).not.toContain(true);
		expect(remembered.slice(55)).not.toContain(false);
	});
});
