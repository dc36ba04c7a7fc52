import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

const ID_PLACEHOLDER = 'e.g. 6f1f0a4e-2b7c-4d18-9a33-0c5e7d9b1a20';

/** A required field for the ID of a record. */
export function idField(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		required: true,
		default: '',
		placeholder: ID_PLACEHOLDER,
		description,
	};
}

export { fieldCollection } from '../../shared/operation/collection';
export { orderId } from '../entities';

/** An optional text; `description` also says where a format matters. */
export function textField(displayName: string, name: string, description?: string): INodeProperties {
	return { displayName, name, type: 'string', default: '', ...(description ? { description } : {}) };
}

/** An optional text of several lines. */
export function noteField(displayName: string, name: string, description?: string): INodeProperties {
	return { ...textField(displayName, name, description), typeOptions: { rows: 2 } };
}

/** An optional amount of money, in whole units of the currency with two decimals. */
export function amountField(displayName: string, name: string, description?: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 2 },
		default: 0,
		...(description ? { description } : {}),
	};
}

/** An optional time. */
export function timeField(displayName: string, name: string, description?: string): INodeProperties {
	return { displayName, name, type: 'dateTime', default: '', ...(description ? { description } : {}) };
}

/** A choice among the vendor's own words. */
export function choiceField(
	displayName: string,
	name: string,
	choices: ReadonlyArray<readonly [name: string, value: string]>,
	initial: string,
	description?: string,
): INodeProperties {
	const options = choices.map(([label, value]) => ({ name: label, value }));
	return {
		displayName,
		name,
		type: 'options',
		options,
		default: initial,
		...(description ? { description } : {}),
	};
}

export const metadataField: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'json',
	default: '{}',
	description: 'An object of your own data; an update replaces all of it',
};

/** An amount in currency units; Sparx refuses more than two decimals (docs/vendors/sparx.md, Errors). */
export const amount = z
	.number()
	.nonnegative('must be 0 or more')
	.refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, {
		message: 'must have 2 decimals at most',
	});

export const metadata = z.record(z.unknown());

/** Three letters, which Sparx wants in upper case (docs/vendors/sparx.md, Orders). */
export const currency = z
	.string()
	.trim()
	.toUpperCase()
	.regex(/^[A-Z]{3}$/, 'must be three letters, such as USD');

/** Only these fields of a record, where it has them: its short form. */
export function only(fields: string[]): (record: IDataObject) => IDataObject {
	return (record) =>
		Object.fromEntries(
			fields
				.filter((field) => record[field] !== undefined && record[field] !== null)
				.map((field) => [field, record[field]]),
		) as IDataObject;
}

/** The values that are there: nothing null or empty is sent (docs/vendors/sparx.md, Errors). */
export function present(values: IDataObject): IDataObject {
	const isThere = ([, value]: [string, unknown]): boolean =>
		value !== undefined && value !== null && value !== '';
	return Object.fromEntries(Object.entries(values).filter(isThere)) as IDataObject;
}
