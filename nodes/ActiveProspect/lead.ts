import type { IDataObject } from 'n8n-workflow';
import { isEmpty, text, withoutEmpty } from '../shared/data/values';
import { compactLead, flatFields, type Lead, type WritableLead } from '../shared/lead/lead';

/** The fields that ActiveProspect and the one lead shape both have (docs/vendors/activeprospect.md#submit). */
const SHARED_FIELDS = {
	email: 'email',
	first_name: 'firstName',
	last_name: 'lastName',
	phone_1: 'phone',
	'company.name': 'company',
} as const;

/** The fields that nearly every flow has, with their labels. */
export const STANDARD_FIELDS: Record<string, string> = {
	first_name: 'First Name',
	last_name: 'Last Name',
	email: 'Email',
	phone_1: 'Phone 1',
	address_1: 'Address 1',
	city: 'City',
	state: 'State',
	postal_code: 'Postal Code',
	'company.name': 'Company Name',
	reference: 'Reference',
	trustedform_cert_url: 'TrustedForm Certificate URL',
	universal_leadid: 'Universal LeadiD',
};

/** How a submission's outcome reads as the status of a lead, in the words that LeadConduit's other API has. */
const STATUS_OF_OUTCOME: Record<string, string> = {
	success: 'accepted',
	failure: 'rejected',
	error: 'failed',
};

/** What an outcome of ActiveProspect means as the status of a lead; undefined for an outcome that it does not document. */
export function statusOf(outcome: unknown): string | undefined {
	return STATUS_OF_OUTCOME[String(outcome)];
}

/** ISO 8601 in UTC, of epoch milliseconds or a text. */
export function isoTime(value: unknown): string | undefined {
	if (isEmpty(value)) return undefined;
	const time = new Date(value as string | number);
	return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** A typed value is an object with `normal` and `raw`, or a plain one (docs/vendors/activeprospect.md#events). */
function plain(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	const { normal, raw } = value as IDataObject;
	return normal ?? raw ?? value;
}

/** `{company: {name}}` as `company.name`, and typed values as plain ones. */
function dottedFields(fields: IDataObject, prefix = ''): IDataObject {
	const entries = Object.entries(fields).flatMap(([key, value]): Array<[string, unknown]> => {
		const simple = plain(value);
		if (typeof simple !== 'object' || simple === null || Array.isArray(simple))
			return [[`${prefix}${key}`, simple]];
		return Object.entries(dottedFields(simple as IDataObject, `${prefix}${key}.`));
	});
	return Object.fromEntries(entries) as IDataObject;
}

/** What ActiveProspect tells about a lead, wherever it stands in an answer. */
export interface LeadFacts {
	/** The lead's ID, whatever its type. */
	id?: unknown;
	/** The lead's fields as answers hold them: nested, and some with typed values. */
	fields?: IDataObject;
	/** In words of the one lead shape. */
	status?: string;
	/** When it was submitted: epoch milliseconds, or a text. */
	createdAt?: unknown;
}

/** The one lead shape of what ActiveProspect tells about a lead. */
export function leadOf({ id, fields = {}, status, createdAt }: LeadFacts): Lead {
	const flat = dottedFields(fields);
	const shared = Object.entries(SHARED_FIELDS).map(([field, name]) => [name, text(flat[field])]);
	const custom = Object.entries(flat).filter(([field]) => !(field in SHARED_FIELDS));
	return compactLead({
		platform: 'activeprospect',
		id: String(id ?? ''),
		...(Object.fromEntries(shared) as Partial<Lead>),
		status,
		createdAt: isoTime(createdAt),
		customFields: withoutEmpty(Object.fromEntries(custom)),
	});
}

/** The fields to send for a lead of the one shape. ActiveProspect has none for the job title. */
export function fieldsOfLead(lead: WritableLead): IDataObject {
	const shared = Object.entries(SHARED_FIELDS).map(([field, name]) => [field, lead[name]]);
	return withoutEmpty({
		...flatFields(lead.customFields),
		...Object.fromEntries(shared),
	} as IDataObject);
}

/** Fields with dots in their names as JSON nests them: `company.name` as `{company: {name}}`. */
export function nestedFields(fields: IDataObject): IDataObject {
	const nested: IDataObject = {};
	for (const [key, value] of Object.entries(fields)) {
		const [first, ...rest] = key.split('.');
		const isPlain = rest.length === 0 || first === '' || rest.includes('') || first === '__proto__';
		if (isPlain) nested[key] = value;
		else
			nested[first] = {
				...(typeof nested[first] === 'object' ? (nested[first] as IDataObject) : {}),
				...nestedFields({ [rest.join('.')]: value }),
			};
	}
	return nested;
}

/** A row of a search (docs/vendors/activeprospect.md#search): the one lead shape, and where the lead came from. */
export function simplifyHit(hit: IDataObject): IDataObject {
	const { lead_id, flow_id, flow_name, source_id, source_name, submission_timestamp, ...rest } = hit;
	const notFields = ['highlight', 'latest_event'];
	const fields = Object.fromEntries(Object.entries(rest).filter(([name]) => !notFields.includes(name)));
	return {
		...leadOf({ id: lead_id, fields, createdAt: submission_timestamp }),
		...withoutEmpty({ flowId: flow_id, flowName: flow_name, sourceId: source_id, sourceName: source_name }),
	};
}

function part(vars: IDataObject, name: string): IDataObject {
	const value = vars[name];
	return typeof value === 'object' && value !== null ? (value as IDataObject) : {};
}

/** An event without captured HTTP traffic (docs/vendors/activeprospect.md#events), its lead in the one shape. */
export function simplifyEvent(event: IDataObject): IDataObject {
	const vars = part(event, 'vars');
	const { id: leadId, ...fields } = part(vars, 'lead');
	const { timestamp } = part(vars, 'submission');
	const isSource = event.type === 'source';
	return {
		...withoutEmpty({
			eventId: event.id,
			type: event.type,
			outcome: event.outcome,
			reason: event.reason,
			occurredAt: isoTime(event.start_timestamp),
			flowId: part(vars, 'flow').id,
			flowName: part(vars, 'flow').name,
			sourceName: part(vars, 'source').name,
			recipientName: part(vars, 'recipient').name,
			price: event.purchase_price ?? event.sale_price ?? vars.price,
		}),
		...(leadId === undefined
			? {}
			: {
					lead: leadOf({
						id: leadId,
						fields,
						status: isSource ? statusOf(event.outcome) : undefined,
						createdAt: timestamp,
					}),
				}),
	};
}
