import type { IDataObject } from 'n8n-workflow';
import { attemptAsync } from '../attempt';
import type { Send } from '../transport/transport';
import type { ListReading } from './operation';

/** Thrown in place of an error half-way through a list: the error, and how far the reading had come. */
export class ListInterruptedError extends Error {
	constructor(
		readonly cause: unknown,
		readonly recordsRead: number,
	) {
		super('The list could not be read to its end');
	}
}

/** How much of a list is wanted, and in which form. */
export interface ListWish {
	/** Infinity for all. */
	limit: number;
	/** Applied as each page arrives, so that only the short form stays in memory. */
	shape(record: IDataObject): IDataObject;
}

/** What was read of a list. */
export interface ReadList {
	/** Each record once, in the order in which they first came. */
	records: IDataObject[];
	/** Whether reading stopped at the limit. */
	cutOff: boolean;
}

/**
 * Reads a list, each record once; of a record that comes again the greater version is kept. No page is asked for that
 * is not needed.
 * @throws ListInterruptedError when a page cannot be read
 */
export async function readList<Input>(
	{ pages, recordId, version = () => '' }: ListReading<Input>,
	input: Input,
	send: Send,
	{ limit, shape }: ListWish,
): Promise<ReadList> {
	const kept = new Map<string, { version: string; json: IDataObject }>();
	const keep = (record: IDataObject): void => {
		const recordKey = recordId(record);
		const known = kept.get(recordKey);
		if (known ? version(record) <= known.version : kept.size >= limit) return;
		kept.set(recordKey, { version: version(record), json: shape(record) });
	};
	const reading = await attemptAsync(async () => {
		for await (const page of pages(input, send, limit)) {
			page.forEach(keep);
			if (kept.size >= limit) return true;
		}
		return false;
	});
	if (!reading.ok) throw new ListInterruptedError(reading.error, kept.size);
	return { records: Array.from(kept.values(), ({ json }) => json), cutOff: reading.value };
}
