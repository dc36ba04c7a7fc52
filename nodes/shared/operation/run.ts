import { randomUUID } from 'node:crypto';
import {
	UserError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type NodeApiError,
	type NodeOperationError,
} from 'n8n-workflow';
import { attemptAsync } from '../attempt';
import { systemClock } from '../clock';
import { sentences } from '../data/sentences';
import { nodeError } from '../transport/errors';
import { dropJournal, endJournal, openJournal, type RunJournal } from '../transport/journal';
import { RefusedError } from '../transport/requestError';
import { openTransport, type Send, type Transport } from '../transport/transport';
import type { Vendor } from '../vendor';
import { ClaimStore } from './claimStore';
import { concurrently } from './concurrently';
import { EmptyExpressions } from './emptyExpressions';
import { failedItem } from './failedItem';
import { Hints } from './hints';
import { alreadyDone, Claims, type Ending } from './idempotency';
import { readInput, type ItemInput } from './input';
import { ListInterruptedError, readList } from './list';
import type { Batching, Operation, ReadFile, Resource } from './operation';

/** What one item asks for. */
interface Task extends ItemInput<unknown> {
	itemIndex: number;
	operation: Operation<string>;
	/** Tells the operation from those on other things. */
	resource: string;
}

/** A run that has begun: the way to the vendor, and what this run and others have done. */
interface Run {
	transport: Transport;
	journal: RunJournal;
	claims: Claims;
}

type ItemError = NodeApiError | NodeOperationError;

/** Where the results of a run gather, by item. */
class Results {
	private readonly records = new Map<number, IDataObject[]>();

	private readonly errors = new Map<number, ItemError>();

	succeed(item: number, records: IDataObject[]): void {
		this.records.set(item, records);
	}

	fail(item: number, error: ItemError): void {
		this.errors.set(item, error);
	}

	get hasErrors(): boolean {
		return this.errors.size > 0;
	}

	firstError(): ItemError {
		const first = Array.from(this.errors.keys()).reduce((one, other) => Math.min(one, other));
		return this.errors.get(first) as ItemError;
	}

	/** In item order, each linked to its item. */
	output(count: number, node: INode): INodeExecutionData[] {
		return Array.from({ length: count }, (_, item) => item).flatMap((item) => {
			const error = this.errors.get(item);
			const jsons = error ? [failedItem(error, node)] : (this.records.get(item) ?? []);
			return jsons.map((json) => ({ json, pairedItem: { item } }));
		});
	}
}

function operationOf(
	context: IExecuteFunctions,
	resources: Array<Resource<string>>,
	itemIndex: number,
): Pick<Task, 'operation' | 'resource'> {
	const resourceValue = context.getNodeParameter('resource', itemIndex) as string;
	const operationValue = context.getNodeParameter('operation', itemIndex) as string;
	const resource = resources.find(({ value }) => value === resourceValue);
	const found = resource?.operations.find(({ value }) => value === operationValue);
	if (!found) throw new Error(`There is no operation "${operationValue}" on "${resourceValue}"`);
	return { operation: found, resource: resourceValue };
}

/** A record as n8n can take it: an object, and without a top-level `error`, which n8n would take for a failure. */
function asJson(record: unknown): IDataObject {
	if (typeof record !== 'object' || record === null || Array.isArray(record))
		return { value: record as IDataObject };
	if (!('error' in record)) return record as IDataObject;
	const { error, ...rest } = record as IDataObject;
	return { ...rest, vendorError: error };
}

/** The form in which the user wants the records of a task. */
function shapeOf(
	{ operation: { simplify }, settings, input }: Task,
	{ redact = (record) => record }: Vendor<string>,
): (record: IDataObject) => IDataObject {
	return (record) => redact(asJson(simplify && settings.simplify ? simplify(record, input) : record));
}

function fileReader({ helpers }: IExecuteFunctions, itemIndex: number): ReadFile {
	return async (field) => {
		const { fileName, mimeType } = helpers.assertBinaryData(itemIndex, field);
		return { name: fileName ?? field, mimeType, bytes: await helpers.getBinaryDataBuffer(itemIndex, field) };
	};
}

/** How many requests may be under way at once: the most that any item asks for. */
function concurrencyOf(tasks: Task[]): number {
	return tasks.reduce((most, { settings }) => Math.max(most, settings.options.maxConcurrentRequests), 1);
}

/** Carries out one task and gives what it returns, in the form the user asked for. */
async function carryOut(
	task: Task,
	vendor: Vendor<string>,
	send: Send,
	readFile: ReadFile,
	hints: Hints,
): Promise<IDataObject[]> {
	const { operation, input, settings } = task;
	const shape = shapeOf(task, vendor);
	if (operation.list) {
		const limit = settings.returnAll ? Infinity : settings.limit;
		const { records, cutOff } = await readList(operation.list, input, send, { limit, shape });
		if (cutOff) hints.noteLimit(limit);
		return records;
	}
	if (operation.run) return [await operation.run(input, send, readFile)].flat().map(shape);
	if (operation.batching) throw new Error(`"${operation.name}" is carried out in batches`);
	const answer = await send(operation.request(input));
	const output = operation.output
		? operation.output(answer, input)
		: ((answer ?? {}) as IDataObject | IDataObject[]);
	return [output].flat().map(shape);
}

/** What became of an Idempotency Key's item. What was neither done nor perhaps done may be done another time. */
function endingOf(isDone: boolean, hasWritten: boolean): Ending {
	if (!hasWritten) return 'notDone';
	return isDone ? 'done' : 'uncertain';
}

/** Which run of a node this is: the same again when Retry On Fail repeats it. */
function runIdentity(context: IExecuteFunctions): string[] {
	const { $runIndex } = context.getWorkflowDataProxy(0);
	return [context.getExecutionId() || randomUUID(), context.getNode().id, String($runIndex)];
}

/** Tells the nodes of one n8n apart, as n8n's database does. */
function nodeIdentity(context: IExecuteFunctions): string {
	return `${context.getWorkflow().id} ${context.getNode().id}`;
}

/** The items that state an Idempotency Key; in a test run by hand none counts. */
function openClaims(context: IExecuteFunctions, tasks: Task[], journal: RunJournal, hints: Hints): Claims {
	const node = nodeIdentity(context);
	const store = new ClaimStore(node, context.helpers, systemClock);
	const keyed = tasks.flatMap(({ itemIndex, operation, resource, settings }) => {
		const { idempotencyKey: key } = settings.options;
		return key === undefined ? [] : [{ itemIndex, key: `${resource} ${operation.value} ${key}` }];
	});
	const isTest = context.getMode() === 'manual';
	if (isTest && keyed.length > 0) {
		hints.note(
			'Idempotency Keys count in production only: in this test run they were neither looked up nor kept.',
		);
	}
	return new Claims(store, journal, node, isTest ? [] : keyed);
}

/** Cuts off the items whose key an item before them has. */
function splitRepeatedKeys<Item extends Task>(items: Item[]): [Item[], Item[]] {
	const seen = new Set<string>();
	const isRepeated = ({ settings: { options } }: Item): boolean => {
		const { idempotencyKey: key } = options;
		if (key === undefined) return false;
		if (seen.has(key)) return true;
		seen.add(key);
		return false;
	};
	const repeated = new Set(items.filter(isRepeated));
	return [items.filter((item) => !repeated.has(item)), [...repeated]];
}

/**
 * Runs an action node over all its items: reads and checks every item first, then carries them out, several at a
 * time, and gives the results in item order, each linked to its item.
 * @param resources with no other limits than the vendor has
 * @throws NodeApiError or NodeOperationError of the first item that failed, unless the node is set to go on
 */
export async function runNode<Limit extends string>(
	context: IExecuteFunctions,
	vendor: Vendor<Limit>,
	resources: Array<Resource<NoInfer<Limit>>>,
): Promise<INodeExecutionData[][]> {
	const count = context.getInputData().length;
	const results = new Results();
	const hints = new Hints(vendor);
	const emptyExpressions = new EmptyExpressions(context);
	const isStopped = (): boolean => results.hasErrors && !context.continueOnFail();

	const fail = (
		error: unknown,
		itemIndex: number,
		operation?: Operation<string>,
		secrets: string[] = [],
	): void => {
		const { action = '', advice } = operation ?? {};
		const source = { node: context.getNode(), vendor, secrets, action, advice, itemIndex };
		const built = nodeError(error instanceof ListInterruptedError ? error.cause : error, source);
		if (error instanceof ListInterruptedError && error.recordsRead > 0) {
			const read = error.recordsRead === 1 ? '1 result' : `${error.recordsRead} results`;
			built.description = sentences(`${read} had been read before.`, built.description ?? undefined);
		}
		results.fail(itemIndex, built);
	};

	const readTask = (itemIndex: number): Task | undefined => {
		if (isStopped()) return undefined;
		let operation: Operation<string> | undefined;
		try {
			const found = operationOf(context, resources, itemIndex);
			operation = found.operation;
			const task = { itemIndex, ...found, ...readInput(context, operation, itemIndex) };
			if (operation.expected) emptyExpressions.check(operation.expected, itemIndex);
			return task;
		} catch (error) {
			fail(error, itemIndex, operation);
			return undefined;
		}
	};

	const senderOf = (
		{ operation, settings, itemIndex }: Task,
		transport: Transport,
		journal: RunJournal,
	): Send =>
		transport.sender({
			safety: operation.safety,
			limits: operation.limits,
			maxWaitMs: settings.options.maxWait * 1000,
			item: { journal, itemIndex },
		});

	/** Whether a task is to be carried out; else its result says what became of it earlier. */
	const isOurs = async (task: Task, { claims }: Run): Promise<boolean> => {
		const { itemIndex, operation, settings } = task;
		const { idempotencyKey: key = '', whenAlreadyDone } = settings.options;
		const { action } = operation;
		const { name: vendorName, whereToLook } = vendor;
		try {
			const claim = await claims.claim(itemIndex);
			if (claim === 'ours') return true;
			results.succeed(
				itemIndex,
				alreadyDone({ claim, key, action, vendorName, whereToLook, whenAlreadyDone }),
			);
		} catch (error) {
			fail(error, itemIndex, operation);
		}
		return false;
	};

	const carryOutEach = async (tasks: Task[], run: Run): Promise<void> => {
		const { transport, journal, claims } = run;
		const keyOf = (index: number): string | undefined =>
			tasks[index].operation.orderingKey?.(tasks[index].input);
		await concurrently(tasks.length, { limit: concurrencyOf(tasks), keyOf, isStopped }, async (index) => {
			const task = tasks[index];
			if (!(await isOurs(task, run))) return;
			const send = senderOf(task, transport, journal);
			const readFile = fileReader(context, task.itemIndex);
			const carriedOut = await attemptAsync(async () => await carryOut(task, vendor, send, readFile, hints));
			claims.end(task.itemIndex, endingOf(carriedOut.ok, journal.hasWritten(task.itemIndex)));
			if (carriedOut.ok) results.succeed(task.itemIndex, carriedOut.value);
			else fail(carriedOut.error, task.itemIndex, task.operation, transport.secrets);
		});
	};

	const carryOutBatch = async (
		batch: Task[],
		{ run: carryOutAll }: Batching<unknown>,
		run: Run,
	): Promise<void> => {
		const { transport, journal, claims } = run;
		const left = new Map(batch.map((task) => [task.itemIndex, task]));
		const carriedOut = await attemptAsync(
			async () => await carryOutAll(batch, senderOf(batch[0], transport, journal)),
		);
		const hasWritten = journal.hasWritten(batch[0].itemIndex);
		const failOne = (error: unknown, { itemIndex, operation }: Task): void => {
			claims.end(itemIndex, endingOf(false, hasWritten && !(error instanceof RefusedError)));
			fail(error, itemIndex, operation, transport.secrets);
		};
		for (const result of carriedOut.ok ? carriedOut.value : []) {
			const task = left.get(result.itemIndex);
			if (!task) continue;
			left.delete(result.itemIndex);
			if ('error' in result) failOne(result.error, task);
			else {
				claims.end(task.itemIndex, endingOf(true, hasWritten));
				results.succeed(task.itemIndex, [shapeOf(task, vendor)(result.record)]);
			}
		}
		const reason = carriedOut.ok
			? new UserError(`${vendor.name} gave no result for this item`)
			: carriedOut.error;
		for (const task of left.values()) failOne(reason, task);
	};

	const carryOutBatches = async (batching: Batching<unknown>, tasks: Task[], run: Run): Promise<void> => {
		const batches = batching.cut(tasks);
		await concurrently(
			batches.length,
			{ limit: concurrencyOf(tasks), keyOf: () => undefined, isStopped },
			async (index) => {
				// Of items with one key the first goes first; what becomes of it is known when the next one is due.
				let [batch, rest] = splitRepeatedKeys(batches[index]);
				while (batch.length > 0) {
					const own: Task[] = [];
					for (const task of batch) if (await isOurs(task, run)) own.push(task);
					if (own.length > 0) await carryOutBatch(own, batching, run);
					[batch, rest] = splitRepeatedKeys(rest);
				}
			},
		);
	};

	const tasks = Array.from({ length: count }, (_, itemIndex) => readTask(itemIndex)).filter(
		(task) => task !== undefined,
	);
	if (!isStopped() && tasks.length > 0) {
		const identity = runIdentity(context);
		const journal = openJournal(identity, systemClock.now());
		const claims = openClaims(context, tasks, journal, hints);
		try {
			const transport = await openTransport(context, vendor, {
				signal: context.getExecutionCancelSignal(),
				onWait: (ms, limit) => hints.noteWait(ms, limit),
				onHeaders: (headers) => hints.noteHeaders(headers),
			});
			const run: Run = { transport, journal, claims };
			// Which operation it is takes no expression: it is the same for all items.
			const { batching } = tasks[0].operation;
			if (batching) await carryOutBatches(batching, tasks, run);
			else await carryOutEach(tasks, run);
		} catch (error) {
			tasks.forEach(({ itemIndex, operation }) => fail(error, itemIndex, operation));
		}
		await claims.close();
		claims.hints().forEach((text) => hints.note(text));
		if (results.hasErrors) endJournal(identity, systemClock.now());
		else dropJournal(identity);
	}

	if (isStopped()) throw results.firstError();
	emptyExpressions.texts(count).forEach((text) => hints.note(text));
	context.addExecutionHints(...hints.all());
	return [results.output(count, context.getNode())];
}
