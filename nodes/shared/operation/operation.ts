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
	/** Place of the item among the input items, from 0. */
	itemIndex: number;
	/** What the item asks for, as the operation's schema gives it. */
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

/** What every operation states, whatever its shape. */
export interface OperationBase<Input, Limit extends string = never> {
	/** In the list of operations, in title case and without the resource, e.g. "Get Many". */
	name: string;
	/** Stable: stored in people's workflows. */
	value: string;
	/** As n8n shows it in the list of actions, e.g. "Get many leads". */
	action: string;
	/** Adds to the name in other words; models that use the node as a tool read it too. */
	description: string;
	/** What a person sees, options and switches of the operation's shape excepted: the runner adds those. */
	fields: INodeProperties[];
	/** Further entries of the Options collection. */
	options?: INodeProperties[];
	/** What may be sent. Its keys are the fields' names; collections are nested objects. */
	input: z.ZodType<Input, z.ZodTypeDef, unknown>;
	/** Whether sending it twice does harm (RFC 9110's words). */
	safety: Safety;
	/** Rate limits of the vendor that apply beside `general`. */
	limits?: Limit[];
	/** What a person can do when the vendor answers with a status; in place of the general advice. */
	advice?: Record<number, string>;
	/**
	 * Fields, by name, of which people should be told when their expression gave nothing; and their labels. Without them
	 * the operation does what was asked, but hardly what was meant.
	 */
	expected?: Record<string, string>;
	/** Items with the same key run one after another, in item order: those that name the same record. */
	orderingKey?(input: Input): string | undefined;
	/** Makes the short form of a record; the operation then has a Simplify switch. */
	simplify?(record: IDataObject, input: Input): IDataObject;
}

/** One request for each item. */
export interface RequestOperation<Input, Limit extends string = never> extends OperationBase<Input, Limit> {
	/** The one request of an item. */
	request(input: Input): RequestSpec;
	/** Makes the output of the answer's body; without it the body itself is the output. */
	output?(answer: unknown, input: Input): IDataObject;
	list?: never;
	run?: never;
	batching?: never;
}

/** Many records for each item, read page by page; the operation then has Return All and Limit. */
export interface ListOperation<Input, Limit extends string = never> extends OperationBase<Input, Limit> {
	/** How the list is read, page by page. */
	list: ListReading<Input>;
	request?: never;
	output?: never;
	run?: never;
	batching?: never;
}

/** Several requests for each item, giving one or more records. */
export interface RunOperation<Input, Limit extends string = never> extends OperationBase<Input, Limit> {
	/** Carries out one item. Rejects with RequestError, RefusedError or UserError; the rest of the items goes on. */
	run(input: Input, send: Send, readFile: ReadFile): Promise<IDataObject | IDataObject[]>;
	request?: never;
	output?: never;
	list?: never;
	batching?: never;
}

/** Fewer requests than items. */
export interface BatchingOperation<Input, Limit extends string = never> extends OperationBase<Input, Limit> {
	/** How the items are put together into requests. */
	batching: Batching<Input>;
	request?: never;
	output?: never;
	list?: never;
	run?: never;
}

/** One operation: what a person sees, and what it does in exactly one of four ways. */
export type OperationDefinition<Input, Limit extends string = never> =
	| RequestOperation<Input, Limit>
	| ListOperation<Input, Limit>
	| RunOperation<Input, Limit>
	| BatchingOperation<Input, Limit>;

/** An operation as the runner takes it: its own schema guarantees what its functions get. */
export type Operation<Limit extends string = never> = OperationDefinition<unknown, Limit>;

/**
 * States an operation; the type of its input follows from its schema.
 * @returns the same value, its input's type left out, so that operations of all kinds stand in one list
 */
export function operation<Input, const Limit extends string = never>(
	definition: OperationDefinition<Input, Limit>,
): Operation<Limit> {
	return definition as Operation<Limit>;
}

/** The operations on one kind of thing. */
export interface Resource<Limit extends string = never> {
	/** In the list of resources, in title case and in the singular. */
	name: string;
	/** Stable: stored in people's workflows. */
	value: string;
	/** In the order in which people read them. */
	operations: Array<Operation<Limit>>;
}
