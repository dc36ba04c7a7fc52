import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { z } from 'zod';
import type { FormFile } from '../transport/multipart';
import type { Safety } from '../transport/outcome';
import type { RequestSpec, Send } from '../transport/transport';

/** How an operation reads a list that may be longer than one answer. */
export interface ListReading<Input> {
	/**
	 * Reads page after page, no more than the caller takes. A record may come again; the runner keeps it once.
	 * @param limit how many records are wanted at most; Infinity for all
	 */
	pages(input: Input, send: Send, limit: number): AsyncIterable<IDataObject[]>;
	/** What tells a record from others. */
	recordId(record: IDataObject): string;
	/** Grows whenever the record changes; of a record that comes twice the greater version is kept. */
	version?(record: IDataObject): string;
}

/** One item of a batch. */
export interface BatchItem<Input> {
	itemIndex: number;
	input: Input;
}

/** What became of one of them. */
export type BatchResult = { itemIndex: number; record: IDataObject } | { itemIndex: number; error: unknown };

/** How an operation carries out many items in few requests. */
export interface Batching<Input> {
	/** Cuts the items into batches that are carried out each by itself. */
	cut<Item extends BatchItem<Input>>(items: Item[]): Item[][];
	/** Carries out one batch. All its items have failed when it throws, and those without a result when it does not. */
	run(batch: Array<BatchItem<Input>>, send: Send): Promise<BatchResult[]>;
}

/**
 * Reads a file of the item that is being worked on; `field` is the name of its binary field.
 * Rejects with NodeOperationError when the item has no such file.
 */
export type ReadFile = (field: string) => Promise<FormFile>;

/**
 * One operation: what a person sees and what it does. It is carried out by exactly one of `request` (one request,
 * whose answer goes to `output`), `list` (many records), `run` (several requests, giving one or more records) and
 * `batching` (fewer requests than items).
 */
export interface Operation<Input = unknown> {
	name: string;
	value: string;
	/** As n8n shows it in the list of actions, e.g. "Get many leads". */
	action: string;
	description: string;
	fields: INodeProperties[];
	/** Further entries of the Options collection. */
	options?: INodeProperties[];
	/** What may be sent. Its keys are the fields' names; collections are nested objects. */
	input: z.ZodType<Input, z.ZodTypeDef, unknown>;
	safety: Safety;
	/** Limits of the budget that apply beside the general one. */
	limits?: string[];
	/** What a person can do when the vendor answers with a status; in place of the general advice. */
	advice?: Record<number, string>;
	/** Items that name the same record run one after another, in item order. */
	orderingKey?(input: Input): string | undefined;

	request?(input: Input): RequestSpec;
	/** Makes the output of the answer's body; without it the body itself is the output. */
	output?(answer: unknown, input: Input): IDataObject;
	list?: ListReading<Input>;
	run?(input: Input, send: Send, readFile: ReadFile): Promise<IDataObject | IDataObject[]>;
	batching?: Batching<Input>;

	/** Makes the short form of a record; the operation then has a Simplify switch. */
	simplify?(record: IDataObject, input: Input): IDataObject;
}

/** States an operation; the type of its input follows from its schema. */
export function operation<Input>(definition: Operation<Input>): Operation<Input> {
	return definition;
}

/** The operations on one kind of thing. */
export interface Resource {
	name: string;
	value: string;
	operations: Operation[];
}
