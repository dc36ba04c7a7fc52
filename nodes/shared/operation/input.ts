import {
	isResourceMapperValue,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	type ResourceMapperValue,
} from 'n8n-workflow';
import { z } from 'zod';
import { attempt } from '../attempt';
import { isEmpty } from '../data/values';
import { FieldError, labelAt, saying } from './fieldError';
import { readFields } from './fieldValues';
import type { OperationDefinition } from './operation';
import { DEFAULT_CONCURRENCY, DEFAULT_MAX_WAIT_S, fieldsOf } from './properties';

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
