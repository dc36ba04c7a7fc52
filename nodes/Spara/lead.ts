import type { IDataObject } from 'n8n-workflow';
import { text, withoutEmpty } from '../shared/data/values';
import { compactLead, flatFields, type Lead, type WritableLead } from '../shared/lead/lead';

/** Spara's standard fields (docs/vendors/spara.md#lead) and what the one lead shape calls them. */
const SHARED_FIELDS = {
	email: 'email',
	first_name: 'firstName',
	last_name: 'lastName',
	phone_number: 'phone',
	company_name: 'company',
	job_title: 'jobTitle',
} as const;

/**
 * The one lead shape of a Spara lead. Values stay as Spara sends them: an integer may come as a string
 * (docs/vendors/spara.md#lead).
 */
export function simplifyLead(lead: IDataObject): Lead {
	const data = (lead.data ?? {}) as IDataObject;
	const shared = Object.entries(SHARED_FIELDS).map(([field, name]) => [name, text(data[field])]);
	const custom = Object.entries(data).filter(([field]) => !Object.keys(SHARED_FIELDS).includes(field));
	return compactLead({
		platform: 'spara',
		id: String(lead.id),
		...(Object.fromEntries(shared) as Partial<Lead>),
		createdAt: text(lead.created_at),
		updatedAt: text(lead.updated_at),
		url: text(lead.url),
		customFields: Object.fromEntries(custom),
	});
}

/** Standard fields that hold whole numbers; all others that every account has hold texts. */
const INTEGER_FIELDS = ['num_employees'];
const TEXT_FIELD = /^(sales_rep_name|salesforce_\w+)$/;

/** What Spara refuses to have written. */
const READ_ONLY_FIELDS = ['ip_address', 'id', 'created_at', 'updated_at', 'url'];

/**
 * A value in a type that the field takes: a text, a whole number, or true or false. `undefined` where there is none. The
 * first value that a custom field gets decides its type for good, so numbers of another platform, of which the next may
 * have decimals, are texts.
 */
function fitting(
	field: string,
	value: string | number | boolean,
	isFromSpara: boolean,
): string | number | boolean | undefined {
	if (INTEGER_FIELDS.includes(field)) {
		const number = typeof value === 'string' ? Number(value.trim() || NaN) : value;
		return Number.isSafeInteger(number) && Number(number) >= 0 ? number : undefined;
	}
	if (TEXT_FIELD.test(field) || Object.keys(SHARED_FIELDS).includes(field)) return String(value);
	if (typeof value !== 'number') return value;
	return isFromSpara && Number.isSafeInteger(value) ? value : String(value);
}

/**
 * The fields to send for a lead of the one shape, whatever platform it comes from. What Spara sets itself is left out;
 * values that its fields cannot hold become texts.
 */
export function fieldsOfLead(lead: WritableLead): IDataObject {
	const shared = Object.entries(SHARED_FIELDS).map(([field, name]) => [field, lead[name]]);
	const isFromSpara = (lead.platform ?? 'spara') === 'spara';
	const custom = Object.entries(flatFields(lead.customFields))
		.filter(([field]) => field !== '' && !READ_ONLY_FIELDS.includes(field))
		.map(([field, value]) => [field, fitting(field, value, isFromSpara)])
		.filter(([, value]) => value !== undefined);
	return {
		...Object.fromEntries(custom),
		...withoutEmpty(Object.fromEntries(shared) as IDataObject),
	} as IDataObject;
}
