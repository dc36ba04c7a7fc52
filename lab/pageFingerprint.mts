/** Tells whether a public page says something else than when its notes were written. Pure: texts in, words out. */
import { createHash } from 'node:crypto';

/** A page of a vendor as its notes list it. `fingerprint` is undefined where the page has not been fetched yet. */
export interface WatchedPage {
	url: string;
	/** When it was read, as yyyy-mm-dd. */
	read: string;
	fingerprint?: string;
}

/** What a fetch brought. `status` 0: nobody answered, and `text` says why. */
export interface FetchedPage {
	status: number;
	text: string;
}

/** How a page stands to its notes; `changed` says what its changed parts say now. */
export type Verdict =
	| { kind: 'unchanged' }
	| { kind: 'changed'; fingerprint: string; newParts: Part[]; partsGone: number }
	| { kind: 'first'; fingerprint: string }
	| { kind: 'gone'; status: number }
	| { kind: 'unreadable'; reason: string };

/** A part of a page: what stands below one heading, without what differs from one fetch to the next. */
export interface Part {
	heading: string;
	words: string;
}

/** Hexadecimal digits for each part: enough for one change in 65,536 to be missed. */
const DIGEST_LENGTH = 4;
/** More parts than this are drawn together by the first word of their headings, so that a fingerprint fits into a table. */
const MOST_PARTS = 60;
const SHOWN_LENGTH = 500;
const NOT_FETCHED = 'not fetched yet';

const GONE = [404, 410];

const months = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
/** What changes without anybody having changed the page, most special first. */
const passing: Array<[RegExp, string]> = [
	[/\b(?:last )?(?:updated|modified|edited|published|generated)\b[^.|\n]{0,40}\bago\b/gi, ' '],
	[/\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?/g, ' '],
	[new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th)? ${months},? \\d{4}\\b`, 'gi'), ' '],
	[new RegExp(`\\b${months} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}\\b`, 'gi'), ' '],
	[/\b\d{1,2}[/.]\d{1,2}[/.]\d{4}\b/g, ' '],
	// Nonces, build hashes and cache keys: long and with digits among the letters.
	[/\b(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{20,}\b/gi, ' '],
	[/\b[0-9a-f]{12,}\b/gi, ' '],
];

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };

/** A page of HTML as lines of text, its headings marked as Markdown marks them. */
function textOfHtml(html: string): string {
	return html
		.replace(/<!--.*?-->/gs, ' ')
		.replace(/<(script|style|noscript|svg|template|head|nav|footer)\b.*?<\/\1>/gis, ' ')
		.replace(/<h([1-6])\b[^>]*>(.*?)<\/h\1>/gis, (_, level: string, inner: string) => {
			const heading = inner.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
			return `\n${'#'.repeat(Number(level))} ${heading.trim()}\n`;
		})
		.replace(/<[^>]*>/g, ' ')
		.replace(/&(#39|\w+);/g, (entity, name: string) => entities[name] ?? entity);
}

function isHtml(text: string): boolean {
	return /^\s*<(!doctype html|html)\b/i.test(text);
}

/** The heading that a line is: of Markdown, or a path or an outer key of OpenAPI in YAML. */
function headingOf(line: string): string | undefined {
	const [, markdown, yaml] = /^#{1,6} +(.+)$|^(?: {2}(?=\/))?([\w/][\w/{}.-]*): *$/.exec(line) ?? [];
	return (markdown ?? yaml)?.trim();
}

function withoutPassing(text: string): string {
	const stable = passing.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
	return stable.toLowerCase().replace(/\s+/g, ' ').trim();
}

/** The parts of a page, by its headings; what comes before the first has the heading "". */
export function partsOf(text: string): Part[] {
	const parts: Part[] = [{ heading: '', words: '' }];
	for (const line of (isHtml(text) ? textOfHtml(text) : text).split('\n')) {
		const heading = headingOf(line);
		if (heading !== undefined) parts.push({ heading, words: '' });
		else parts[parts.length - 1].words += `${line}\n`;
	}
	const stable = parts.map(({ heading, words }) => ({ heading, words: withoutPassing(words) }));
	const told = stable.filter(({ heading, words }) => heading !== '' || words !== '');
	return told.length > MOST_PARTS ? drawnTogether(told) : told;
}

/** `/flows/{id}` and `/flows/{id}/deploy` go together, as "Create a lead" and "Create a flow" do. */
function drawnTogether(parts: Part[]): Part[] {
	const together = new Map<string, string>();
	for (const { heading, words } of parts) {
		const [first = ''] = heading.split(/(?<=.)[/ ]/);
		together.set(first, `${together.get(first) ?? ''} ${heading} ${words}`.trim());
	}
	return [...together].map(([heading, words]) => ({ heading, words }));
}

function digestOf({ heading, words }: Part): string {
	return createHash('sha256')
		.update(`${withoutPassing(heading)}\n${words}`)
		.digest('hex')
		.slice(0, DIGEST_LENGTH);
}

/** A digest of each part, in the order of the page. */
export function fingerprintOf(text: string): string {
	return partsOf(text).map(digestOf).join(' ');
}

/** Compares a page with its notes. A part that only moved has not changed. */
export function verdictOn({ fingerprint }: WatchedPage, { status, text }: FetchedPage): Verdict {
	if (GONE.includes(status)) return { kind: 'gone', status };
	if (status === 0) return { kind: 'unreadable', reason: text };
	if (status < 200 || status > 299) return { kind: 'unreadable', reason: `it answered ${status}` };
	const parts = partsOf(text);
	if (parts.every(({ words }) => words === '')) return { kind: 'unreadable', reason: 'it has no words' };
	const now = parts.map(digestOf).join(' ');
	if (fingerprint === undefined) return { kind: 'first', fingerprint: now };
	const noted = fingerprint.split(' ');
	const newParts = parts.filter((part) => {
		const at = noted.indexOf(digestOf(part));
		if (at >= 0) noted.splice(at, 1);
		return at < 0;
	});
	if (newParts.length === 0 && noted.length === 0) return { kind: 'unchanged' };
	return { kind: 'changed', fingerprint: now, newParts, partsGone: noted.length };
}

/** The pages that notes list in their table: `| https://... | 2026-11-28 | 3f2a 91bc |`. */
export function watchedPages(notes: string): WatchedPage[] {
	const rows = notes.matchAll(/^\| <?(https:\/\/[^\s|>]+)>? +\| (\d{4}-\d{2}-\d{2}) +\| ([^|]+?) +\|$/gm);
	return [...rows].map(([, url, read, fingerprint]) => ({
		url,
		read,
		...(fingerprint !== NOT_FETCHED && { fingerprint: fingerprint.replaceAll('`', '') }),
	}));
}

function rowOf(url: string, today: string, fingerprint: string): string {
	return ['```', `| <${url}> | ${today} | \`${fingerprint}\` |`, '```'].join('\n');
}

function shown(words: string): string {
	const start = words.length > SHOWN_LENGTH ? `${words.slice(0, SHOWN_LENGTH)} ...` : words;
	return `> ${start}`;
}

/** What an issue says of one page; empty where nothing is to be done. */
export function reportOf({ url, read }: WatchedPage, verdict: Verdict, today: string): string {
	const title = `### ${url}\n\n`;
	switch (verdict.kind) {
		case 'unchanged':
			return '';
		case 'first':
			return `${title}Fetched for the first time. Put its row into the table:\n\n${rowOf(url, today, verdict.fingerprint)}`;
		case 'gone':
			return `${title}It is gone (${verdict.status}). It was read on ${read}: look for where its content has moved, and correct the notes.`;
		case 'unreadable':
			return `${title}It could not be read: ${verdict.reason}. Read it by hand.`;
		case 'changed': {
			const parts = verdict.newParts.map(
				({ heading, words }) =>
					`**${heading === '' ? 'Before the first heading' : heading}** is new or changed:\n\n${shown(words)}`,
			);
			const gone = verdict.partsGone - verdict.newParts.length;
			const fewer = gone > 0 ? [`${gone} more of the parts of ${read} are no longer there.`] : [];
			const then = `Correct the notes, then the row:\n\n${rowOf(url, today, verdict.fingerprint)}`;
			return title + [`It has changed since ${read}.`, ...parts, ...fewer, then].join('\n\n');
		}
	}
}
