/**
 * Compares the vendors' public pages with the fingerprints noted in docs/vendors, and opens an issue for each vendor whose pages
 * have changed: `node lab/vendorPages.mts` (with GitHub's `gh` signed in), or `--print` to say it here only.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runScript, say } from './command.mjs';
import { reportOf, verdictOn, watchedPages, type FetchedPage, type WatchedPage } from './pageFingerprint.mts';

const NOTES = 'docs/vendors';
const TRIES = 3;
const PAUSE_MS = 5_000;
const TIMEOUT_MS = 30_000;

/** What the page answers; tried again where nobody answers, or only that it cannot now. */
async function fetchPage(url: string): Promise<FetchedPage> {
	for (let attempt = 1; ; attempt++) {
		const fetched = await fetch(url, {
			headers: {
				'user-agent': 'n8n-nodes-leadwire vendor pages watch',
				accept: 'text/html, text/plain, */*',
			},
			signal: AbortSignal.timeout(TIMEOUT_MS),
		}).then(
			async (response) => ({ status: response.status, text: await response.text() }),
			(error: Error & { cause?: { code?: string } }) => ({
				status: 0,
				text: `${error.message}${error.cause?.code ? ` (${error.cause.code})` : ''}`,
			}),
		);
		const mayPass = fetched.status === 0 || fetched.status === 429 || fetched.status >= 500;
		if (!mayPass || attempt === TRIES) return fetched;
		await sleep(PAUSE_MS);
	}
}

/** The reports of one vendor's pages, those that say something. */
async function reportsOn(pages: WatchedPage[], today: string): Promise<string[]> {
	const reports: string[] = [];
	// One after another: nobody's server is to be hurried.
	for (const page of pages) {
		const verdict = verdictOn(page, await fetchPage(page.url));
		say(`${page.url}: ${verdict.kind}`);
		reports.push(reportOf(page, verdict, today));
	}
	return reports.filter((report) => report !== '');
}

/** Opens an issue, or brings the open one of that title up to date. */
function tell(title: string, body: string): void {
	const gh = (...commandArguments: string[]) =>
		execFileSync('gh', commandArguments, { encoding: 'utf8', input: body });
	const open: Array<{ number: number; title: string }> = JSON.parse(
		gh('issue', 'list', '--state', 'open', '--limit', '200', '--json', 'number,title'),
	);
	const same = open.find((issue) => issue.title === title);
	if (same) gh('issue', 'edit', String(same.number), '--body-file', '-');
	else say(gh('issue', 'create', '--title', title, '--body-file', '-').trim());
}

await runScript(async () => {
	const today = new Date().toISOString().slice(0, 10);
	for (const file of readdirSync(NOTES).filter((name) => name.endsWith('.md'))) {
		const notes = readFileSync(join(NOTES, file), 'utf8');
		const vendor = /^# ([^:\n]+)/.exec(notes)?.[1] ?? file;
		const reports = await reportsOn(watchedPages(notes), today);
		if (reports.length === 0) continue;
		const body = `Against the notes in \`${NOTES}/${file}\`:\n\n${reports.join('\n\n')}\n`;
		if (process.argv.includes('--print')) process.stdout.write(`\n## ${vendor}\n\n${body}`);
		else tell(`Public pages of ${vendor} have changed`, body);
	}
});
