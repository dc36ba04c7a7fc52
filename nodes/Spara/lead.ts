import type { IDataObject } from 'n8n-workflow';
import { compactLead, type Lead, type WritableLead } from '../shared/lead/lead';

/** Spara's standard fields (docs/vendors/spara.md#lead) and what the one lead shape calls them. */
const SHARED_FIELDS = {
	email: 'email',
	first_name: 'firstName',
	last_name: 'lastName',
	phone_number: 'phone',
	company_name: 'company',
	job_title: 'jobTitle',
} as const;

function text(value: unknown): string | undefined {
	return value === undefined || value === null ? undefined : String(value);
}

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

/** The fields to send for a lead of the one shape. What Spara sets itself is left out. */
export function fieldsOfLead(lead: WritableLead): IDataObject {
	const shared = Object.entries(SHARED_FIELDS).map(([field, name]) => [field, lead[name]]);
	const known = shared.filter(([, value]) => value !== undefined && value !== '');
	return { ...(lead.customFields as IDataObject | undefined), ...Object.fromEntries(known) } as IDataObject;
}
