import type { IDataObject } from 'n8n-workflow';
import type { Lead } from '../lead/lead';
import type { Send } from '../transport/transport';

/** What an item of a polling trigger says beside its event; the shape that webhook triggers give too. */
export interface PolledContent {
	/** In the one lead shape, where the record is a lead. */
	lead?: Lead;
	/** The short form of any other record. */
	data?: IDataObject;
}

/** Says about records that others like them could not be read, and what a person can do. */
export type Warn = (records: IDataObject[], text: string) => void;

/** Where not every change of a record counts. What is not remembered of a record counts as changed. */
export interface Counting {
	/** What tells the record, whatever its state, from all others. */
	idOf(record: IDataObject): string;
	/** What of the record counts, as one text. */
	contentOf(record: IDataObject): string;
	/** The records that there are, those that changed last first; read as far as is needed. Throws RequestError. */
	newestFirst(send: Send): AsyncIterable<IDataObject[]>;
}

/** A kind of record that a polling trigger watches. Times are milliseconds since the epoch, by the vendor's clock. */
export interface PollSource {
	/** In the list of events, in title case. */
	name: string;
	/** The event's name, e.g. `order.created`. */
	value: string;
	/** Shown under the name in the list of events. */
	description: string;
	/** What of the kind is watched, such as one of several lists; another one is begun anew. */
	scope?: string;
	/** Without it every version of a record counts. */
	counting?: Counting;
	/**
	 * The time of the newest record, or any that is surely past and not long ago: nothing later has happened yet. Zero
	 * where there are no records at all.
	 */
	newest(send: Send): Promise<number>;
	/**
	 * Pages with all records whose time is `from` or later, in any order; older and repeated ones may be among them.
	 * @param warn to be told which records are not all that there are, and why
	 */
	since(from: number, send: Send, warn: Warn): AsyncIterable<IDataObject[]>;
	/** A record to build a workflow with; undefined where there is none. */
	sample(send: Send): Promise<IDataObject | undefined>;
	/** How long after its time the vendor may show a record for the first time, in milliseconds; without it 5 minutes. */
	overlapMs?: number;
	/** Time by which records are found, in epoch ms. */
	timeOf(record: IDataObject): number;
	/** What tells a record, or a version of it where changes count too, from all others. */
	keyOf(record: IDataObject): string;
	/** What Simplify gives of a record. */
	simplify(record: IDataObject): PolledContent;
}
