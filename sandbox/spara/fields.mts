import { Refusal } from '../refusal.mts';
import type { SparaSettings } from './settings.mts';

export type FieldType = 'string' | 'integer' | 'boolean';
export type Fields = Record<string, string | number | boolean>;

const salesforceFields = [
	'sales_rep_name',
	'salesforce_account_id',
	'salesforce_account_name',
	'salesforce_account_owner_email',
	'salesforce_account_owner_id',
	'salesforce_account_owner_name',
	'salesforce_account_website',
	'salesforce_assigned_sales_rep_email',
	'salesforce_assigned_sales_rep_id',
	'salesforce_assigned_sales_rep_name',
];

/** Types every account starts with (docs/vendors/spara.md#lead); custom fields join once saved, and keep their type. */
export const initialFieldTypes: [string, FieldType][] = [
	['email', 'string'],
	['phone_number', 'string'],
	['company_name', 'string'],
	['job_title', 'string'],
	['first_name', 'string'],
	['last_name', 'string'],
	['num_employees', 'integer'],
	...salesforceFields.map((name): [string, FieldType] => [name, 'string']),
];

const readOnlyFields = ['ip_address', 'id', 'created_at', 'updated_at', 'url'];

/**
 * Checks a create or update body: a flat object of strings, integers and booleans, each of its field's type.
 * Throws a Refusal: 400 for a wrong type, 422 for a read-only field or an impossible value
 * (docs/vendors/spara.md#errors).
 */
export function checkFields(
	body: unknown,
	types: Map<string, FieldType>,
	settings: Readonly<SparaSettings>,
): Fields {
	const fields = checkObject(body);
	for (const [name, value] of Object.entries(fields)) {
		if (!readOnlyFields.includes(name)) checkType(name, value, types.get(name));
	}
	for (const [name, value] of Object.entries(fields)) checkMeaning(name, value, types, settings);
	return fields as Fields;
}

/** The body as an object; throws a 400 Refusal for anything else. */
export function checkObject(body: unknown): Record<string, unknown> {
	if (typeof body === 'object' && body !== null && !Array.isArray(body))
		return body as Record<string, unknown>;
	throw new Refusal(400, 'The body must be a JSON object');
}

function checkType(field: string, value: unknown, expected: FieldType | undefined): void {
	if (field === '') throw new Refusal(400, 'A field name must not be empty');
	const actual = fieldTypeOf(value);
	if (!actual)
		throw new Refusal(400, `Field '${field}' must be a string, an integer or a boolean`, { field });
	if (expected && actual !== expected)
		throw new Refusal(400, `Field '${field}' must be of type ${expected}`, { field });
}

function checkMeaning(
	field: string,
	value: unknown,
	types: Map<string, FieldType>,
	settings: Readonly<SparaSettings>,
): void {
	const refuse = (why: string) => {
		throw new Refusal(422, `Field '${field}' ${why}`, { field });
	};
	if (readOnlyFields.includes(field)) refuse('is read-only');
	if (settings.salesforceFields === 'read-only' && salesforceFields.includes(field)) refuse('is read-only');
	if (settings.unknownFields === 'refuse' && !types.has(field)) refuse('does not exist');
	if (field === 'num_employees' && Number(value) < 0) refuse('must not be negative');
	if (field === 'email' && !/^[^\s@]+@[^\s@]+$/.test(String(value))) refuse('must be an email address');
}

/** The type a JSON value has as a field; undefined for null, floats, arrays and objects. */
export function fieldTypeOf(value: unknown): FieldType | undefined {
	if (typeof value === 'string') return 'string';
	if (typeof value === 'boolean') return 'boolean';
	return Number.isSafeInteger(value) ? 'integer' : undefined;
}
