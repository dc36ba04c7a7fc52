import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { z, type ZodTypeAny } from 'zod';
import { fieldCollection } from '../shared/operation/collection';

type More = Partial<INodeProperties>;

/** A field for a text. */
export function textField(displayName: string, name: string, more: More = {}): INodeProperties {
	return { displayName, name, type: 'string', default: '', ...more };
}

/** A field for a number that is not negative. */
export function numberField(displayName: string, name: string, more: More = {}): INodeProperties {
	return { displayName, name, type: 'number', typeOptions: { minValue: 0 }, default: 0, ...more };
}

/** A switch that is off at first; the description starts with "Whether". */
export function booleanField(displayName: string, name: string, description: string): INodeProperties {
	return { displayName, name, type: 'boolean', default: false, description };
}

/** @param options the first one is the default */
export function choiceField(
	displayName: string,
	name: string,
	[initial, ...others]: INodePropertyOptions[],
	more: More = {},
): INodeProperties {
	const options = [initial, ...others].sort((one, other) => one.name.localeCompare(other.name));
	const choice: INodeProperties = { displayName, name, type: 'options', options, default: '', ...more };
	return { ...choice, default: initial.value };
}

/** Several texts in one field, separated by commas; expressions may give a list. */
export const listOfTexts = z
	.union([z.string(), z.array(z.string())])
	.transform((value) => [value].flat().flatMap((entry) => entry.split(',')))
	.transform((entries) => entries.map((entry) => entry.trim()).filter(Boolean));

/** A calendar day; of a date with a time the day is taken as it is written. */
export const calendarDay = z
	.unknown()
	.transform((value) => /^\d{4}-\d{2}-\d{2}/.exec(String(value))?.[0] ?? '')
	.refine((day) => !Number.isNaN(Date.parse(day)), { message: 'must be a date such as 2026-01-31' });

function valuesOf({ options = [] }: INodeProperties): [string, ...string[]] {
	return (options as INodePropertyOptions[]).map(({ value }) => String(value)) as [string, ...string[]];
}

function schemaOf(field: INodeProperties): ZodTypeAny {
	if (field.type === 'number') return z.number();
	if (field.type === 'boolean') return z.boolean();
	if (field.type === 'options') return z.enum(valuesOf(field));
	if (field.type === 'multiOptions') return z.array(z.enum(valuesOf(field)));
	return z.string();
}

/** Optional fields: the collection that a person sees, and what it may hold. */
export interface OptionalFields {
	/** The collection that a person sees. */
	field: INodeProperties;
	/** What it may hold. */
	schema: z.ZodType<Record<string, unknown>, z.ZodTypeDef, unknown>;
}

const COLLECTIONS = {
	additionalFields: ['Additional Fields', 'Add field'],
	filters: ['Filters', 'Add filter'],
	updateFields: ['Update Fields', 'Add field'],
} as const;

/**
 * A collection of optional fields. What a field may hold follows from its type.
 * @param special what those may hold whose type does not say it
 */
export function optionalFields(
	name: keyof typeof COLLECTIONS,
	fields: INodeProperties[],
	special: Record<string, ZodTypeAny> = {},
): OptionalFields {
	const [displayName, placeholder] = COLLECTIONS[name];
	const shape = Object.fromEntries(
		fields.map((field) => [field.name, (special[field.name] ?? schemaOf(field)).optional()]),
	);
	return {
		field: fieldCollection(displayName, name, placeholder, fields),
		schema: z.object(shape).default({}),
	};
}
