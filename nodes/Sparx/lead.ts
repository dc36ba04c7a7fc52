import type { IDataObject } from 'n8n-workflow';
import { compactLead, type Lead, type WritableLead } from '../shared/lead/lead';

/** Fields that a customer and the one lead shape have in common, under the same names (contract 3.5). */
const SHARED_FIELDS = ['email', 'firstName', 'lastName', 'phone', 'company', 'jobTitle'] as const;

/** What else can be written (contract 3.5). */
export const OWN_FIELDS = [
	'type',
	'b2bAccountId',
	'assignedRepId',
	'preferredContactMethod',
	'doNotContact',
	'gdprConsent',
	'tags',
];

/** What Sparx sets itself. */
const SET_BY_SPARX = [
	'id',
	'tenantId',
	'authUserId',
	'totalSpent',
	'orderCount',
	'firstOrderAt',
	'lastOrderAt',
	'mergedIntoCustomerId',
	'createdAt',
	'updatedAt',
	'deletedAt',
];

const IN_LEAD = [...SHARED_FIELDS, 'id', 'tenantId', 'createdAt', 'updatedAt'] as string[];

function isKnown([, value]: [string, unknown]): boolean {
	return value !== undefined && value !== null && value !== '';
}

function text(value: unknown): string | undefined {
	return value === undefined || value === null ? undefined : String(value);
}

/** The one lead shape of a customer; its type (prospect, retail, b2b) is the status. */
export function simplifyCustomer(customer: IDataObject): Lead {
	const shared = SHARED_FIELDS.map((field) => [field, text(customer[field])]);
	const custom = Object.entries(customer).filter((entry) => !IN_LEAD.includes(entry[0]) && isKnown(entry));
	return compactLead({
		platform: 'sparx',
		id: String(customer.id),
		...(Object.fromEntries(shared) as Partial<Lead>),
		status: text(customer.type),
		createdAt: text(customer.createdAt),
		updatedAt: text(customer.updatedAt),
		customFields: Object.fromEntries(custom),
	});
}

/**
 * The fields to send for a lead of the one shape. Custom fields that Sparx does not have go into `metadata`; what it
 * sets itself is left out.
 */
export function fieldsOfLead(lead: WritableLead): IDataObject {
	const custom = Object.entries(lead.customFields ?? {}).filter(isKnown);
	// A field of another platform may have the same name and mean something else.
	const isOwn = lead.platform === 'sparx';
	const own = custom.filter(([name]) => isOwn && OWN_FIELDS.includes(name));
	const reserved = ['metadata', ...(isOwn ? [...OWN_FIELDS, ...SET_BY_SPARX] : [])];
	const foreign = custom.filter(([name]) => !reserved.includes(name));
	const given = lead.customFields?.metadata;
	const metadata = {
		...(typeof given === 'object' && !Array.isArray(given) ? given : {}),
		...Object.fromEntries(foreign),
	};
	const shared = SHARED_FIELDS.map((field): [string, unknown] => [field, lead[field]]).filter(isKnown);
	return {
		...Object.fromEntries([...own, ...shared]),
		...(Object.keys(metadata).length > 0 ? { metadata } : {}),
	} as IDataObject;
}
