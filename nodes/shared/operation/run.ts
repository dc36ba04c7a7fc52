import { randomUUID } from 'node:crypto';
import {
	UserError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type NodeApiError,
	type NodeOperationError,
} from 'n8n-workflow';
import { attemptAsync } from '../attempt';
import { systemClock } from '../transport/clock';
import { detailsOf, nodeError } from '../transport/errors';
import { dropJournal, openJournal, type RunJournal } from '../transport/journal';
import { openTransport, type Send, type Transport } from '../transport/transport';
import type { Vendor } from '../transport/vendor';
import { concurrently } from './concurrently';
import { Hints } from './hints';
import { readInput, type ItemInput } from './input';
import { ListInterruptedError, readList } from './list';
import type { Operation, Resource } from './operation';

/** What one item asks for. */
interface Task extends ItemInput<unknown> {
	itemIndex: number;
	operation: Operation;
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
		return this.errors.get(Math.min(...this.errors.keys())) as ItemError;
	}

	/** In item order, each linked to its item. A failed item never gets n8n's own `error`: that would wipe our details. */
	output(count: number): INodeExecutionData[] {
		return Array.from({ length: count }, (_, item) => item).flatMap((item) => {
			const error = this.errors.get(item);
			const jsons = error ? [failedJson(error)] : (this.records.get(item) ?? []);
			return jsons.map((json) => ({ json, pairedItem: { item } }));
		});
	}
}

function failedJson(error: ItemError): IDataObject {
	const message = error.description ? `${error.message}. ${error.description}` : error.message;
	return { error: error.message, message, details: detailsOf(error) };
}

function operationOf(context: IExecuteFunctions, resources: Resource[], itemIndex: number): Operation {
	const resourceValue = context.getNodeParameter('resource', itemIndex) as string;
	const operationValue = context.getNodeParameter('operation', itemIndex) as string;
	const resource = resources.find(({ value }) => value === resourceValue);
	const found = resource?.operations.find(({ value }) => value === operationValue);
	if (!found) throw new Error(`There is no operation "${operationValue}" on "${resourceValue}"`);
	return found;
}

/** A record as n8n can take it: an object, and without a top-level `error`, which n8n would take for a failure. */
function asJson(record: unknown): IDataObject {
	if (typeof record !== 'object' || record === null || Array.isArray(record)) return { value: record as IDataObject };
	if (!('error' in record)) return record as IDataObject;
	const { error, ...rest } = record as IDataObject;
	return { ...rest, vendorError: error };
}

/** The form in which the user wants the records of a task. */
function shapeOf({ operation: { simplify }, settings }: Task): (record: IDataObject) => IDataObject {
	return (record) => asJson(simplify && settings.simplify ? simplify(record) : record);
}

/** Carries out one task and gives what it returns, in the form the user asked for. */
async function carryOut(task: Task, send: Send, hints: Hints): Promise<IDataObject[]> {
	const { operation, input, settings } = task;
	const shape = shapeOf(task);
	if (operation.list) {
		const limit = settings.returnAll ? Infinity : settings.limit;
		const { records, cutOff } = await readList(operation.list, input, send, { limit, shape });
		if (cutOff) hints.noteLimit(limit);
		return records;
	}
	if (operation.run) return [await operation.run(input, send)].flat().map(shape);
	if (!operation.request) throw new Error(`The operation "${operation.name}" does nothing`);
	const answer = await send(operation.request(input));
	const output = operation.output ? operation.output(answer, input) : ((answer ?? {}) as IDataObject | IDataObject[]);
	return [output].flat().map(shape);
}

/** Which run of a node this is: the same again when Retry On Fail repeats it. */
function runIdentity(context: IExecuteFunctions): string[] {
	const { $runIndex } = context.getWorkflowDataProxy(0);
	return [context.getExecutionId() || randomUUID(), context.getNode().id, String($runIndex)];
}

/**
 * Runs an action node over all its items: reads and checks every item first, then carries them out, several at a
 * time, and gives the results in item order, each linked to its item.
 * @throws NodeApiError or NodeOperationError of the first item that failed, unless the node is set to go on
 */
export async function runNode(
	context: IExecuteFunctions,
	vendor: Vendor,
	resources: Resource[],
): Promise<INodeExecutionData[][]> {
	const count = context.getInputData().length;
	const results = new Results();
	const hints = new Hints(vendor);
	const isStopped = (): boolean => results.hasErrors && !context.continueOnFail();

	const fail = (error: unknown, itemIndex: number, operation?: Operation, secrets: string[] = []): void => {
		const { action = '', advice } = operation ?? {};
		const source = { node: context.getNode(), vendor, secrets, action, advice, itemIndex };
		const built = nodeError(error instanceof ListInterruptedError ? error.cause : error, source);
		if (error instanceof ListInterruptedError) {
			built.description = `${error.recordsRead} results had been read before. ${built.description ?? ''}`;
		}
		results.fail(itemIndex, built);
	};

	const readTask = (itemIndex: number): Task | undefined => {
		if (isStopped()) return undefined;
		let operation: Operation | undefined;
		try {
			operation = operationOf(context, resources, itemIndex);
			return { itemIndex, operation, ...readInput(context, operation, itemIndex) };
		} catch (error) {
			fail(error, itemIndex, operation);
			return undefined;
		}
	};

	const senderOf = ({ operation, settings, itemIndex }: Task, transport: Transport, journal: RunJournal): Send =>
		transport.sender({
			safety: operation.safety,
			limits: operation.limits,
			maxWaitMs: settings.options.maxWait * 1000,
			item: { journal, itemIndex },
		});

	const carryOutEach = async (tasks: Task[], transport: Transport, journal: RunJournal): Promise<void> => {
		const limit = tasks.reduce((most, { settings }) => Math.max(most, settings.options.maxConcurrentRequests), 1);
		const keyOf = (index: number): string | undefined => tasks[index].operation.record?.(tasks[index].input);
		await concurrently(tasks.length, { limit, keyOf, isStopped }, async (index) => {
			const task = tasks[index];
			const carriedOut = await attemptAsync(async () => await carryOut(task, senderOf(task, transport, journal), hints));
			if (carriedOut.ok) results.succeed(task.itemIndex, carriedOut.value);
			else fail(carriedOut.error, task.itemIndex, task.operation, transport.secrets);
		});
	};

	/** Tasks of one operation that carries out all its items together. */
	const carryOutTogether = async (tasks: Task[], transport: Transport, journal: RunJournal): Promise<void> => {
		const [{ operation }] = tasks;
		const left = new Set(tasks.map(({ itemIndex }) => itemIndex));
		const carriedOut = await attemptAsync(async () => {
			for await (const result of operation.runAll?.(tasks, senderOf(tasks[0], transport, journal)) ?? []) {
				left.delete(result.itemIndex);
				if ('error' in result) fail(result.error, result.itemIndex, operation, transport.secrets);
				else results.succeed(result.itemIndex, [shapeOf(tasks[0])(result.record)]);
			}
		});
		const reason = carriedOut.ok ? new UserError('There is no result for this item') : carriedOut.error;
		left.forEach((itemIndex) => fail(reason, itemIndex, operation, transport.secrets));
	};

	const tasks = Array.from({ length: count }, (_, itemIndex) => readTask(itemIndex)).filter((task) => task !== undefined);
	if (!isStopped() && tasks.length > 0) {
		const run = runIdentity(context);
		const journal = openJournal(run, systemClock.now());
		try {
			const transport = await openTransport(context, vendor, {
				signal: context.getExecutionCancelSignal(),
				onWait: (ms) => hints.noteWait(ms),
				onHeaders: (headers) => hints.noteHeaders(headers),
			});
			const together = new Set(tasks.map(({ operation }) => operation).filter(({ runAll }) => runAll));
			await carryOutEach(tasks.filter(({ operation }) => !together.has(operation)), transport, journal);
			for (const operation of together) {
				await carryOutTogether(tasks.filter((task) => task.operation === operation), transport, journal);
			}
		} catch (error) {
			tasks.forEach(({ itemIndex, operation }) => fail(error, itemIndex, operation));
		}
		if (results.hasErrors) journal.end(systemClock.now());
		else dropJournal(run);
	}

	if (isStopped()) throw results.firstError();
	context.addExecutionHints(...hints.all());
	return [results.output(count)];
}
