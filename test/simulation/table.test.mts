import { writeFileSync } from 'node:fs';
import { adaptive, aimd, fullJitter, leadwire, type Client } from './clients.mts';
import { LEARNED, SHARED } from './rows.mts';
import { play, playJob } from './scenario.mts';

const CLIENTS: Record<string, Client> = {
	'this package': leadwire,
	'exponential backoff, full jitter': fullJitter,
	'AIMD, factor 0.9': aimd(0.9, 1),
	'adaptive, as AWS': adaptive,
};

const REPORT = 'docs/rate-limits.simulation.md';

const percent = (part: number, digits = 1): string => `${(100 * part).toFixed(digits)} %`;

/** Not a test of anything: writes the table. `ours.test.mts` guards our own rows. */
it('prints what each client reaches', async () => {
	const lines = [
		'# Simulated rate limits',
		'',
		'Written by `npm run simulate`: virtual time, three seeds, five requests under way in each process, answers after 30 to',
		'90 ms. Each cell: share of the limit / refused / how evenly they share (Jain, 1 is even) / longest wait.',
		'',
		`| Case | ${Object.keys(CLIENTS).join(' | ')} |`,
		`|---|${Object.keys(CLIENTS)
			.map(() => '---|')
			.join('')}`,
	];
	for (const [name, scenario] of SHARED) {
		const cells: string[] = [];
		for (const client of Object.values(CLIENTS)) {
			const { share, rejected, fairness, longestWaitMs } = await play(client, scenario);
			const wait =
				longestWaitMs > 0 ? ` / ${Math.round(longestWaitMs / 1000).toLocaleString('en-US')} s` : '';
			cells.push(`${percent(share)} / ${percent(rejected, 2)} / ${fairness.toFixed(2)}${wait}`);
		}
		lines.push(`| ${name} | ${cells.join(' | ')} |`);
	}
	lines.push(
		'',
		'A limit that nobody stated, one process. Share of the limit over the whole job / over its second half / requests refused.',
		'The time ends one window after the last request: who wastes nothing has 100 %.',
		'',
		'| Case | this package | the same, limit stated |',
		'|---|---|---|',
	);
	for (const [name, job] of LEARNED) {
		const cells = [];
		for (const isStated of [false, true]) {
			const { share, lateShare, rejected } = await playJob(leadwire, { ...job, isStated });
			cells.push(`${percent(share)} / ${percent(lateShare)} / ${rejected.toFixed(1)}`);
		}
		lines.push(`| ${name} | ${cells.join(' | ')} |`);
	}
	writeFileSync(REPORT, `${lines.join('\n')}\n`);
	console.info(lines.join('\n'));
}, 300_000);
