import type { IDataObject } from 'n8n-workflow';
import { text, withoutEmpty } from '../shared/data/values';
import { compactLead, type Lead, type WritableLead } from '../shared/lead/lead';

/**
 * Attributes that the one lead shape has a place for. ASSUMED: the keys of attributes are free
 * (docs/vendors/leadiosa.md#fields).
 */
const SHARED_ATTRIBUTES = { phone: 'phone', company: 'company', job_title: 'jobTitle' } as const;

/** Leadiosa has one name; its first word is the first name. */
function namesIn(name: string | undefined): Partial<Lead> {
	const [firstName, ...rest] = (name ?? '').trim().split(/\s+/);
	return { firstName, lastName: rest.join(' ') };
}

/** The one lead shape of a contact (docs/vendors/leadiosa.md#fields). */
export function simplifyContact(contact: IDataObject): Lead {
	const attributes = (contact.attributes ?? {}) as IDataObject;
	const shared = Object.entries(SHARED_ATTRIBUTES).map(([attribute, name]) => [
		name,
		text(attributes[attribute]),
	]);
	const others = Object.entries(attributes).filter(([attribute]) => !(attribute in SHARED_ATTRIBUTES));
	const externalId = contact.external_id === undefined ? {} : { external_id: contact.external_id };
	return compactLead({
		platform: 'leadiosa',
		id: String(contact.id),
		email: text(contact.email),
		...namesIn(text(contact.name)),
		...(Object.fromEntries(shared) as Partial<Lead>),
		createdAt: text(contact.created_at),
		updatedAt: text(contact.updated_at),
		customFields: { ...externalId, ...Object.fromEntries(others) },
	});
}

/** What a lead of the one shape says about a contact. The external ID is the website's own and is not written. */
export function contactOfLead({ email, firstName, lastName, customFields, ...lead }: WritableLead): {
	email?: string;
	name?: string;
	attributes?: IDataObject;
} {
	// Absent is what Leadiosa calls empty; a null is not.
	const others = Object.entries(customFields ?? {}).filter(
		([field, value]) => field !== 'external_id' && value !== null && value !== undefined,
	);
	const shared = Object.entries(SHARED_ATTRIBUTES).map(([attribute, name]) => [attribute, lead[name]]);
	const attributes = {
		...Object.fromEntries(others),
		...withoutEmpty(Object.fromEntries(shared) as IDataObject),
	} as IDataObject;
	return {
		email: email || undefined,
		name: [firstName, lastName].filter(Boolean).join(' ') || undefined,
		attributes: Object.keys(attributes).length > 0 ? attributes : undefined,
	};
}
