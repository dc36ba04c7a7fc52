import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { shapeOf, unknownIn, type Shape } from './shape.mts';

/** As the node's defaults give it, with Simplify off, or with options that may add to it. */
type Form = 'output' | 'raw' | 'withOptions';

/** The shapes of one node's outputs, by resource and operation. */
export type NodeOutputs = Record<string, Record<string, Partial<Record<Form, Shape>>>>;

/** What one run of an operation gave. */
export interface RecordedOutput {
	node: string;
	resource: string;
	operation: string;
	form: Form;
	shape: Shape;
}

/** The options of every operation, which change nothing in its output. */
const NEUTRAL_OPTIONS = ['maxConcurrentRequests', 'maxWait', 'idempotencyKey', 'whenAlreadyDone'];

function formOf({ simplify, options = {} }: IDataObject): Form {
	if (simplify === false) return 'raw';
	return Object.keys(options as object).every((name) => NEUTRAL_OPTIONS.includes(name))
		? 'output'
		: 'withOptions';
}

/** Resources whose answers are whatever was asked for. */
export const UNKNOWN_SHAPE = ['apiRequest', 'graphql'];

/** Where the recorded shapes are kept, one file for each action node. */
export const RECORDED = 'lab/outputs/recorded';

const read = new Map<string, NodeOutputs>();

export function recordedOutputs(node: string): NodeOutputs {
	const known = read.get(node);
	if (known) return known;
	const path = join(RECORDED, `${node}.json`);
	const outputs = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as NodeOutputs) : {};
	read.set(node, outputs);
	return outputs;
}

/**
 * Holds real outputs of a node against the recorded shapes, from which the package's output schemas are made; with
 * $LEADWIRE_RECORD, a folder, records them there instead.
 * @throws Error that names each member which the recorded shape lacks
 */
export function checkOutputs(type: string, parameters: IDataObject, items: IDataObject[]): void {
	const node = type.replace('n8n-nodes-leadwire.', '');
	const { resource, operation } = parameters as Record<string, string>;
	if (node === type || !resource || !operation || UNKNOWN_SHAPE.includes(resource)) return;
	const form = formOf(parameters);
	// An item that says that it failed, or was done before, is the runner's and not the operation's.
	const given = items.filter((json) => !('error' in json) && json.alreadyDone !== true);
	const folder = process.env.LEADWIRE_RECORD;
	if (folder) return record(folder, { node, resource, operation, form }, given);

	const recorded = recordedOutputs(node)[resource]?.[operation];
	if (!recorded?.[form]) return;
	const unknown = new Set(given.flatMap((json) => unknownIn(recorded[form], json)));
	if (unknown.size > 0) {
		throw new Error(
			`The output schema of ${node} ${resource}.${operation} (${form}) lacks ${[...unknown].join(', ')}. ` +
				'If the node is right, run "npm run schemas" and commit lab/outputs/recorded.',
		);
	}
}

function record(folder: string, about: Omit<RecordedOutput, 'shape'>, given: IDataObject[]): void {
	mkdirSync(folder, { recursive: true });
	const lines = given.flatMap((json) => {
		const shape = shapeOf(json);
		return shape ? [JSON.stringify({ ...about, shape })] : [];
	});
	const distinct = [...new Set(lines)].map((line) => `${line}\n`);
	appendFileSync(join(folder, `${process.pid}.jsonl`), distinct.join(''));
}
