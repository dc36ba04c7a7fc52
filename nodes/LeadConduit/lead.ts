import type { IDataObject } from 'n8n-workflow';
import { isoTime, text, withoutEmpty } from '../shared/data/values';
import { compactLead, flatFields, type Lead, type WritableLead } from '../shared/lead/lead';

/** The fields that LeadConduit and the one lead shape both have (docs/vendors/leadconduit.md#submit). */
const SHARED_FIELDS = {
	email: 'email',
	first_name: 'firstName',
	last_name: 'lastName',
	phone: 'phone',
} as const;

/** Every field that the reference shows, with its label. A flow may want others, shaped `custom_field_<id>`. */
export const STANDARD_FIELDS: Record<string, string> = {
	first_name: 'First Name',
	last_name: 'Last Name',
	email: 'Email',
	phone: 'Phone',
	address: 'Address',
	city: 'City',
	state: 'State',
	postal_code: 'Postal Code',
	source: 'Source',
	campaign: 'Campaign',
};

/** What LeadConduit tells about a lead, wherever it stands in an answer. */
export interface LeadFacts {
	/** The lead's ID, whatever its type. */
	id?: unknown;
	/** The lead's fields, flat. */
	fields?: IDataObject;
	/** As LeadConduit words it. */
	status?: unknown;
	/** A text that holds a time. */
	createdAt?: unknown;
	/** A text that holds a time. */
	updatedAt?: unknown;
}

/** The one lead shape of what LeadConduit tells about a lead. */
export function leadOf({ id, fields = {}, status, createdAt, updatedAt }: LeadFacts): Lead {
	const shared = Object.entries(SHARED_FIELDS).map(([field, name]) => [name, text(fields[field])]);
	const custom = Object.entries(fields).filter(([field]) => !(field in SHARED_FIELDS));
	return compactLead({
		platform: 'leadconduit',
		id: String(id),
		...(Object.fromEntries(shared) as Partial<Lead>),
		status: text(status),
		createdAt: isoTime(createdAt),
		updatedAt: isoTime(updatedAt),
		customFields: withoutEmpty(Object.fromEntries(custom)),
	});
}

/**
 * A lead in full (docs/vendors/leadconduit.md#lead) or a row of a search (docs/vendors/leadconduit.md#search): the one
 * lead shape, and beside it how good it is.
 */
export function simplifyLead(lead: IDataObject): IDataObject {
	const { id, lead_data: data, status, created_at: createdAt, updated_at: updatedAt } = lead;
	const fields = { source: lead.source, campaign: lead.campaign, ...(data as IDataObject | undefined) };
	const metrics = lead.quality_metrics as IDataObject | undefined;
	return {
		...leadOf({ id, fields, status, createdAt, updatedAt }),
		...withoutEmpty({ flowId: lead.flow_id, qualityScore: lead.quality_score ?? metrics?.overall_score }),
	};
}

/**
 * How a lead's status reads as the outcome of its submission, in the words of LeadConduit's own events
 * (docs/vendors/leadconduit.md#lead). One that is only received has none yet.
 */
const OUTCOME_OF_STATUS: Record<string, string> = {
	accepted: 'success',
	delivered: 'success',
	converted: 'success',
	rejected: 'failure',
	failed: 'error',
};

/** The outcome that a status of a lead means; undefined while the lead is only received. */
export function outcomeOf(status: unknown): string | undefined {
	return OUTCOME_OF_STATUS[String(status)];
}

/** The fields to send for a lead of the one shape. LeadConduit has none for company and job title. */
export function fieldsOfLead(lead: WritableLead): IDataObject {
	const shared = Object.entries(SHARED_FIELDS).map(([field, name]) => [field, lead[name]]);
	return withoutEmpty({ ...flatFields(lead.customFields), ...Object.fromEntries(shared) } as IDataObject);
}
