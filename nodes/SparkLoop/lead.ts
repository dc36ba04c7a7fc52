import type { IDataObject } from 'n8n-workflow';
import { text, withoutEmpty } from '../shared/data/values';
import { compactLead, flatFields, type Lead, type WritableLead } from '../shared/lead/lead';

/**
 * Keys that have a place of their own in the one lead shape: those of the REST API and those of events
 * (docs/vendors/sparkloop.md#webhooks).
 */
const SHARED_KEYS = ['uuid', 'id', 'email', 'first_name', 'name', 'referral_status', 'status', 'created_at'];

/** What of another SparkLoop subscriber can be given to a new one (docs/vendors/sparkloop.md#subscribers). */
const WRITABLE_KEYS = [
	'country_code',
	'ip_address',
	'referrer_code',
	'user_agent',
	'utm_campaign',
	'utm_source',
];

/** SparkLoop keeps one name; the first word, or what an event calls the first name, is the first name. */
function namesOf({ name, first_name: givenFirstName }: IDataObject): Pick<Lead, 'firstName' | 'lastName'> {
	const fullName = text(name)?.trim() ?? '';
	const given = text(givenFirstName)?.trim();
	const firstName =
		given && (fullName === '' || `${fullName} `.startsWith(`${given} `)) ? given : fullName.split(/\s+/)[0];
	return { firstName, lastName: fullName.slice(firstName.length).trim() };
}

/** ISO 8601 of a time: the REST API sends ISO, events send Unix seconds (docs/vendors/sparkloop.md#webhooks). */
export function isoTime(value: unknown): string | undefined {
	return typeof value === 'number' ? new Date(value * 1000).toISOString() : text(value);
}

/**
 * A copy in which every Unix time, that is every number under a key that ends in `_at`, is ISO 8601
 * (docs/vendors/sparkloop.md#webhooks).
 */
export function withIsoTimes(value: IDataObject): IDataObject {
	const entries = Object.entries(value).map(([key, inner]) => {
		if (key.endsWith('_at') && typeof inner === 'number') return [key, isoTime(inner)];
		const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
		return [key, isObject ? withIsoTimes(inner as IDataObject) : inner];
	});
	return Object.fromEntries(entries) as IDataObject;
}

/** The one lead shape of a subscriber, or of an offer's lead, which has no ID but its email. Money in it is in dollars. */
export function simplifyLead(subscriber: IDataObject): Lead {
	const known = Object.entries(subscriber).filter(
		([key, value]) => !SHARED_KEYS.includes(key) && value !== null,
	);
	return compactLead({
		platform: 'sparkloop',
		id: String(subscriber.uuid ?? subscriber.id ?? subscriber.email),
		email: text(subscriber.email),
		...namesOf(subscriber),
		status: text(subscriber.referral_status ?? subscriber.status),
		createdAt: isoTime(subscriber.created_at),
		customFields: withIsoTimes(Object.fromEntries(known) as IDataObject),
	});
}

/** Another platform may call something else by the same name; a country is two letters to SparkLoop. */
function isWritable(key: string, value: unknown): boolean {
	return key !== 'country_code' || /^[a-z]{2}$/i.test(String(value));
}

/** What to send for a lead of the one shape, whatever platform it comes from. What SparkLoop sets itself is left out. */
export function fieldsOfLead({ email, firstName, lastName, customFields = {} }: WritableLead): IDataObject {
	const own = Object.entries(flatFields(customFields))
		.filter(([key, value]) => WRITABLE_KEYS.includes(key) && isWritable(key, value))
		.map(([key, value]) => [key, String(value)]);
	const fields = [['email', email], ['name', [firstName, lastName].filter(Boolean).join(' ')], ...own];
	return withoutEmpty(Object.fromEntries(fields) as IDataObject);
}
