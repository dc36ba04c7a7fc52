import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Send } from '../transport/transport';
import type { Counting } from './source';

/** Kept in the workflow's static data, which is saved with each run, so it stays small. */
const MAX_CONTENTS = 5000;

/** 48 bits tell records apart, 36 bits the contents of one. */
const ID_LENGTH = 8;
const CONTENT_LENGTH = 6;

function digestOf(text: string, length: number): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, length);
}

/** What is known of the contents of records, by record; those that changed last come last. */
export type Contents = Map<string, string>;

interface Stored {
	event: string;
	contents: string[];
}

/** What was stored for an event; undefined when there is nothing. */
export function storedContents({ pollingContents }: IDataObject, event: string): Contents | undefined {
	const stored = pollingContents as unknown as Stored | undefined;
	if (stored?.event !== event) return undefined;
	return new Map(stored.contents.map((entry) => [entry.slice(0, ID_LENGTH), entry.slice(ID_LENGTH)]));
}

/** Keeps what is known of the records of an event until its next run; that of another event goes. */
export function storeContents(staticData: IDataObject, event: string, contents: Contents): void {
	staticData.pollingContents = { event, contents: Array.from(contents, (entry) => entry.join('')) };
}

/** Whether what counts of a record differs from what was known of it; remembers it, and forgets the oldest. */
export function isNewContent(contents: Contents, record: IDataObject, counting: Counting): boolean {
	const key = digestOf(counting.idOf(record), ID_LENGTH);
	const content = digestOf(counting.contentOf(record), CONTENT_LENGTH);
	const isNew = contents.get(key) !== content;
	contents.delete(key);
	contents.set(key, content);
	const [oldest] = contents.keys();
	if (contents.size > MAX_CONTENTS) contents.delete(oldest);
	return isNew;
}

/** The contents of the records that there are, as far as they are remembered. Throws RequestError. */
export async function presentContents(counting: Counting, send: Send): Promise<Contents> {
	const records = new Map<string, IDataObject>();
	for await (const page of counting.newestFirst(send)) {
		for (const record of page) records.set(counting.idOf(record), record);
		if (records.size >= MAX_CONTENTS) break;
	}
	const contents: Contents = new Map();
	const newest = [...records.values()].slice(0, MAX_CONTENTS);
	for (const record of newest.reverse()) isNewContent(contents, record, counting);
	return contents;
}
