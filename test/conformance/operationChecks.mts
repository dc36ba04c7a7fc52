import { NodeHelpers, type IDataObject, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import type { ZodIssue, ZodTypeAny } from 'zod';
import type { Operation, Resource } from '../../nodes/shared/operation/operation.ts';
import { nodeProperties } from '../../nodes/shared/operation/properties.ts';
import type { Safety } from '../../nodes/shared/transport/outcome.ts';
import type { RequestSpec } from '../../nodes/shared/transport/transport.ts';
import type { Vendor } from '../../nodes/shared/vendor.ts';
import { anything } from './anything.mts';
import type { Problem } from './rooms.mts';
import { problemsOfKeys, schemaAt } from './schemaKeys.mts';
import { problemsOfTexts } from './texts.mts';

const WAYS = ['request', 'list', 'run', 'batching'] as const;

function problemsOfWays(operation: Operation<string>, place: string): Problem[] {
	const stated = WAYS.filter((way) => operation[way] !== undefined);
	if (stated.length === 1) return [];
	return [`${place}: state exactly one of ${WAYS.join(', ')}; there is ${stated.join(' and ') || 'none'}`];
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** What a person has not filled in yet, also where n8n starts with an empty list or object, or a switch that is off. */
function isUntouched(value: unknown): boolean {
	return (
		isEmpty(value) || value === false || (typeof value === 'object' && JSON.stringify(value).length === 2)
	);
}

/** A value as the runner gives it to the schema: what is empty is left out, a locator is its value, JSON is read. */
function valueOf(value: unknown, field: INodeProperties): unknown {
	if (field.type === 'resourceLocator') return (value as IDataObject | null)?.value;
	if (field.type === 'json' && typeof value === 'string') return value.trim() ? JSON.parse(value) : undefined;
	if (field.type === 'resourceMapper') return {};
	return value;
}

function valuesOf(fields: INodeProperties[], parameters: INodeParameters): IDataObject {
	const entries = fields.map(({ name }): [string, unknown] => {
		// Fields of one name are shown one at a time: only the shown one has a parameter.
		const field = fields.find((candidate) => candidate.name === name) as INodeProperties;
		return [name, name in parameters ? valueOf(parameters[name], field) : undefined];
	});
	return Object.fromEntries(entries.filter(([, value]) => !isEmpty(value))) as IDataObject;
}

/** A schema's objection that nothing a person leaves as it is can answer. */
function isDemand({ path, code, message }: ZodIssue): boolean {
	// What it wants of several fields together, such as one of them at least.
	return !(code === 'custom' && (path.length === 0 || /at least|one of|or more/.test(message)));
}

/** Whether an operation is accepted as it is when it is dropped on the canvas, but for its required fields. */
function problemsOfDefaults(
	operation: Operation<string>,
	resource: Resource<string>,
	place: string,
): Problem[] {
	const selected = { resource: resource.value, operation: operation.value };
	const properties = nodeProperties([{ ...resource, operations: [operation] }]);
	const parameters = NodeHelpers.getNodeParameters(properties, selected, true, false, null, null) ?? {};
	const values = valuesOf(operation.fields, parameters);
	const checked = operation.input.safeParse(values);
	if (checked.success) return [];
	return checked.error.issues.filter(isDemand).flatMap(({ path, message }) => {
		const [name] = path;
		const field = operation.fields.find((candidate) => candidate.name === name);
		if (!field) return [];
		const value = values[field.name];
		if (isUntouched(value) && field.required) return [];
		return isUntouched(value)
			? [`${place} > ${field.displayName}: the schema demands it, so mark it as required`]
			: [`${place} > ${field.displayName}: its default is refused (${path.join('.')}: ${message})`];
	});
}

/** Of a collection the entries whose own default is refused as soon as they are added. */
function problemsOfEntries({ fields, options = [], input }: Operation<string>, place: string): Problem[] {
	const collections: Array<[string, INodeProperties[]]> = [
		...fields
			.filter(({ type }) => type === 'collection')
			.map(({ name, options: entries }): [string, INodeProperties[]] => [
				name,
				(entries ?? []) as INodeProperties[],
			]),
		['options', options],
	];
	return collections.flatMap(([name, entries]) =>
		entries.flatMap((entry) => {
			const schema = schemaAt(input as ZodTypeAny, [name, entry.name]);
			const initial = valueOf(entry.default, entry);
			const isComposed = ['fixedCollection', 'collection', 'resourceLocator'].includes(entry.type);
			if (!schema || isUntouched(initial) || isComposed) return [];
			const checked = schema.safeParse(initial);
			if (checked.success || !checked.error.issues.some(isDemand)) return [];
			return [`${place} > ${entry.displayName}: its default is refused (${checked.error.issues[0].message})`];
		}),
	);
}

class Seen extends Error {}

/** The requests that an operation makes, up to the first answer it needs; none where it does not come so far. */
export async function requestsOf(operation: Operation<string>): Promise<RequestSpec[]> {
	const seen: RequestSpec[] = [];
	const send = async (spec: RequestSpec): Promise<unknown> => {
		seen.push(spec);
		throw new Seen();
	};
	const input = anything();
	const readFile = async () => ({ name: 'file', mimeType: 'text/plain', bytes: Buffer.from('') });
	try {
		if (operation.request) seen.push(operation.request(input));
		if (operation.run) await operation.run(input, send, readFile);
		if (operation.list) for await (const page of operation.list.pages(input, send, 1)) void page;
		if (operation.batching) await operation.batching.run([{ itemIndex: 0, input }], send);
	} catch {
		// Whatever it made of such input, what was seen until then counts.
	}
	return seen;
}

const WRITING = ['POST', 'PUT', 'PATCH', 'DELETE'];

function problemOfSafety(method: string, safety: Safety, place: string): Problem[] {
	if (method === 'GET' && safety === 'nonIdempotent')
		return [`${place}: it sends GET, which changes nothing, but is declared nonIdempotent`];
	if (WRITING.includes(method) && safety === 'safe')
		return [`${place}: it sends ${method}, but is declared safe`];
	if (['POST', 'PATCH'].includes(method) && safety === 'idempotent')
		return [`${place}: it sends ${method}, which a second time may do twice, but is declared idempotent`];
	return [];
}

async function problemsOfSafety(operation: Operation<string>, place: string): Promise<Problem[]> {
	const requests = await requestsOf(operation);
	return [
		...(operation.list && operation.safety !== 'safe' ? [`${place}: reading a list is safe`] : []),
		...requests.flatMap(({ method, safety = operation.safety }) => problemOfSafety(method, safety, place)),
	];
}

function problemsOfLimits(
	{ limits = [] }: Operation<string>,
	vendor: Vendor<string>,
	place: string,
): Problem[] {
	const known = Object.keys(vendor.rateLimits({}));
	return limits
		.filter((name) => !known.includes(name))
		.map((name) => `${place}: ${vendor.name} has no rate limit "${name}"; there are ${known.join(', ')}`);
}

/** Where an operation stands, as people name it. */
export function placeOf(resource: Resource<string>, operation: Operation<string>): string {
	return `${resource.value}.${operation.value}`;
}

/**
 * All that is wrong with an operation.
 * @param isSafetyKnown where somebody has stated why its safety is another than its method suggests
 */
export async function problemsOfOperation(
	operation: Operation<string>,
	resource: Resource<string>,
	vendor: Vendor<string>,
	isSafetyKnown = false,
): Promise<Problem[]> {
	const place = placeOf(resource, operation);
	return [
		...problemsOfWays(operation, place),
		...problemsOfKeys(operation, place),
		...problemsOfDefaults(operation, resource, place),
		...problemsOfEntries(operation, place),
		...(isSafetyKnown ? [] : await problemsOfSafety(operation, place)),
		...problemsOfLimits(operation, vendor, place),
		...problemsOfTexts(operation, place),
	];
}

/** What is wrong with the resources of a node as a whole. */
export function problemsOfResources(resources: Array<Resource<string>>, folder: string): Problem[] {
	const values = resources.flatMap((resource) => resource.operations.map((one) => placeOf(resource, one)));
	return [
		...values
			.filter((value, at) => values.indexOf(value) !== at)
			.map((value) => `${folder}: ${value} is there twice`),
		...resources
			.filter(({ operations }) => operations.length === 0)
			.map(({ name }) => `${folder}: the resource ${name} has no operation`),
		...(resources.some(({ value }) => value === 'apiRequest')
			? []
			: [`${folder}/resources/index.ts: end with apiRequest(), for what has no operation of its own yet`]),
	];
}
