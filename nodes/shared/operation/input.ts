import {
	isResourceMapperValue,
	NodeOperationError,
	tryToParseDateTime,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	type INodePropertyCollection,
	type ResourceMapperValue,
} from 'n8n-workflow';
import { z, type ZodIssue } from 'zod';
import { attempt } from '../attempt';
import { isEmpty } from '../data/values';
import { isPathSegment } from '../transport/address';
import type { OperationDefinition } from './operation';
import { DEFAULT_CONCURRENCY, DEFAULT_MAX_WAIT_S, fieldsOf } from './properties';

/** Wrong input that no schema can see, such as malformed JSON. */
class FieldError extends Error {
	constructor(
		readonly path: Array<string | number>,
		message: string,
	) {
		super(message);
	}
}

type Path = Array<string | number>;

/** As n8n reads dates. */
type DateTime = ReturnType<typeof tryToParseDateTime>;

/** Brings one parameter into the form that schemas expect; `path` is where it stands. */
type Reader = (value: unknown, field: INodeProperties, zone: string, path: Path) => unknown;

/** Numbers, texts without a year and days that do not exist would be read as some date or other. */
function isGuessed(value: unknown, day: string | null): boolean {
	if (typeof value !== 'string') return typeof value === 'number';
	const [stated] = /^\d{4}-\d{2}-\d{2}/.exec(value.trim()) ?? [];
	return stated ? stated !== day : !/\d{4}/.test(value);
}

/** The day that is written, in the zone that is written; a time in UTC, as other nodes give it, is a day in our own. */
function calendarDay(value: unknown, date: DateTime, zone: string): string | null {
	const isInstant = typeof value === 'string' && /Z\s*$/i.test(value);
	return (isInstant ? date.setZone(zone) : date).toISODate();
}

const readDateTime: Reader = (value, { typeOptions }, zone, path) => {
	if (isEmpty(value)) return undefined;
	const date = attempt(() => tryToParseDateTime(value, zone));
	if (!date.ok || isGuessed(value, date.value.toISODate())) {
		throw new FieldError(path, `must be a date, but is "${String(value)}"`);
	}
	return typeOptions?.dateOnly ? calendarDay(value, date.value, zone) : date.value.toUTC().toISO();
};

const readJson: Reader = (value, _field, _zone, path) => {
	if (typeof value !== 'string') return value;
	if (value.trim() === '') return undefined;
	const json = attempt(() => JSON.parse(value) as unknown);
	if (!json.ok) throw new FieldError(path, `is not valid JSON: ${(json.error as Error).message}`);
	return json.value;
};

function readFields(values: IDataObject, fields: INodeProperties[], zone: string, path: Path): IDataObject {
	const entries = fields
		.filter(({ name }) => !isEmpty(values[name]))
		.map((field) => [field.name, readValue(values[field.name], field, zone, [...path, field.name])]);
	return Object.fromEntries(entries) as IDataObject;
}

const readCollection: Reader = (value, field, zone, path) =>
	readFields((value ?? {}) as IDataObject, (field.options ?? []) as INodeProperties[], zone, path);

const readFixedCollection: Reader = (value, field, zone, path) => {
	const groups = (field.options ?? []) as INodePropertyCollection[];
	const given = (value ?? {}) as IDataObject;
	// An expression may give the fields of the only group as they are.
	const isGroupItself =
		groups.length === 1 && !field.typeOptions?.multipleValues && !(groups[0].name in given);
	const entries = groups.map((group) => {
		const rows = (isGroupItself ? given : (given[group.name] ?? [])) as IDataObject | IDataObject[];
		const read = (row: IDataObject, index: number): IDataObject =>
			readFields(row, group.values, zone, [...path, group.name, index]);
		return [group.name, Array.isArray(rows) ? rows.map(read) : read(rows, 0)];
	});
	return Object.fromEntries(entries);
};

const readers: Partial<Record<INodeProperties['type'], Reader>> = {
	dateTime: readDateTime,
	json: readJson,
	collection: readCollection,
	fixedCollection: readFixedCollection,
};

function readValue(value: unknown, field: INodeProperties, zone: string, path: Path): unknown {
	return readers[field.type]?.(value, field, zone, path) ?? (readers[field.type] ? undefined : value);
}

/** The label of the field that a path leads to, with what of the path lies inside the field's value. */
function labelAt(path: Path, fields: INodeProperties[]): string {
	const [name, ...rest] = path;
	const field = fields.find((candidate) => candidate.name === name);
	if (!field) return path.join('.');
	if (rest.length === 0) return field.displayName;
	if (field.type === 'collection') return labelAt(rest, (field.options ?? []) as INodeProperties[]);
	if (field.type === 'fixedCollection') {
		const [groupName, ...below] = rest;
		const group = ((field.options ?? []) as INodePropertyCollection[]).find(
			(candidate) => candidate.name === groupName,
		);
		if (!group) return field.displayName;
		// A group that may be added several times holds rows; one that stands once holds its fields.
		const row = typeof below[0] === 'number' ? below[0] : undefined;
		const place = row === undefined ? field.displayName : `${field.displayName} ${row + 1}`;
		const inner = row === undefined ? below : below.slice(1);
		return inner.length > 0 ? `${place} > ${labelAt(inner, group.values)}` : place;
	}
	return `${field.displayName} > ${rest.join('.')}`;
}

function shown(value: unknown): string {
	return typeof value === 'string' ? `the text "${value}"` : (JSON.stringify(value) ?? 'nothing');
}

function valueAt(path: Path, input: unknown): unknown {
	return path.reduce<unknown>(
		(value, key) => (value as Record<string | number, unknown> | undefined)?.[key],
		input,
	);
}

const TYPE_NAMES: Record<string, string> = {
	string: 'a text',
	number: 'a number',
	integer: 'a whole number',
	boolean: 'true or false',
	object: 'an object',
	array: 'a list',
};

function saying(issue: ZodIssue, input: unknown): string {
	const value = valueAt(issue.path, input);
	if (value === undefined) return 'is missing';
	if (issue.code === 'invalid_type') {
		return `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}, but is ${shown(value)}`;
	}
	if (issue.code === 'invalid_union') return saying(issue.unionErrors[0].issues[0], input);
	return issue.message;
}

/** The fields that the runner itself acts on. */
const settingsSchema = z.object({
	returnAll: z.boolean().default(false),
	limit: z.number().int('must be a whole number').positive('must be 1 or more').default(50),
	simplify: z.boolean().default(true),
	options: z
		.object({
			maxConcurrentRequests: z
				.number()
				.int('must be a whole number')
				.positive('must be 1 or more')
				.default(DEFAULT_CONCURRENCY),
			maxWait: z.number().nonnegative('must be 0 or more').default(DEFAULT_MAX_WAIT_S),
			idempotencyKey: z.union([z.string(), z.number()]).transform(String).optional(),
			whenAlreadyDone: z.enum(['item', 'skip', 'error']).default('item'),
		})
		.default({}),
});

export type Settings = z.infer<typeof settingsSchema>;

/** What one item asks for: the operation's own input, and how the runner is to treat it. */
export interface ItemInput<Input> {
	/** The operation's own input, as its schema gives it. */
	input: Input;
	/** What the runner itself acts on. */
	settings: Settings;
}

function check<Output>(schema: z.ZodType<Output, z.ZodTypeDef, unknown>, values: IDataObject): Output {
	const checked = schema.safeParse(values);
	if (checked.success) return checked.data;
	const [issue] = checked.error.issues;
	throw new FieldError(issue.path, saying(issue, values));
}

/** The values of a resource mapper by field ID: those filled in, or those of the input item that its fields name. */
function mappedValues(mapper: ResourceMapperValue, item: IDataObject, name: string): IDataObject {
	const fields = (mapper.schema ?? []).filter(({ removed }) => !removed);
	const isMapped = (fieldId: string): boolean =>
		fields.length === 0 || fields.some(({ id: own }) => own === fieldId);
	const given = mapper.mappingMode === 'autoMapInputData' ? item : ((mapper.value ?? {}) as IDataObject);
	const values = Object.fromEntries(
		Object.entries(given).filter(([key, value]) => isMapped(key) && !isEmpty(value)),
	);
	const missing = fields.find(({ required, id: own }) => required && !(own in values));
	if (missing) throw new FieldError([name, missing.displayName], 'is missing');
	return values;
}

function readParameter(
	context: IExecuteFunctions,
	{ name, type }: INodeProperties,
	itemIndex: number,
): unknown {
	// A field that is hidden by another one's value has no parameter; for that n8n wants something to fall back on.
	const value = context.getNodeParameter(name, itemIndex, null);
	if (type === 'resourceMapper' && isResourceMapperValue(value)) {
		return mappedValues(value, context.getInputData()[itemIndex].json, name);
	}
	if (type !== 'resourceLocator' || value === null) return value;
	return context.getNodeParameter(name, itemIndex, null, { extractValue: true });
}

/** A key that an expression leaves empty would protect nothing without a word. */
function checkIdempotencyKey(options: IDataObject | null): void {
	if (options && 'idempotencyKey' in options && isEmpty(options.idempotencyKey))
		throw new FieldError(['options', 'idempotencyKey'], 'is empty');
}

/**
 * Reads the parameters of one item and checks them; nothing has been sent by then.
 * Dates become ISO 8601 in UTC (read in the workflow's time zone), or the calendar day where the field asks for no time
 * (`dateOnly`), JSON may be text or an object, and what was left
 * empty is left out.
 * @throws NodeOperationError that names the field as the UI labels it, and the item
 */
export function readInput<Input>(
	context: IExecuteFunctions,
	operation: OperationDefinition<Input, string>,
	itemIndex: number,
): ItemInput<Input> {
	const fields = fieldsOf(operation).filter(({ type }) => type !== 'notice');
	const read = attempt(() => {
		const parameters = Object.fromEntries(
			fields.map((field) => [field.name, readParameter(context, field, itemIndex)]),
		) as IDataObject;
		checkIdempotencyKey(parameters.options as IDataObject | null);
		const values = readFields(parameters, fields, context.getTimezone(), []);
		return { input: check(operation.input, values), settings: check(settingsSchema, values) };
	});
	if (read.ok) return read.value;
	if (!(read.error instanceof FieldError)) throw read.error;
	const { path, message } = read.error;
	throw new NodeOperationError(context.getNode(), `"${labelAt(path, fields)}" ${message}`, {
		description: 'Nothing was sent for this item. Correct the value, or the expression that gives it.',
		itemIndex,
	});
}

/** An ID that becomes a part of an address; numbers from expressions are welcome. */
export const id = z
	.union([z.string(), z.number()])
	.transform((value) => String(value).trim())
	.refine(isPathSegment, { message: 'must be an ID, without slashes or dots in place of it' });
