import type { IDataObject } from 'n8n-workflow';
import { compactLead, type Lead, type WritableLead } from '../shared/lead/lead';

/** Fields that a customer and the one lead shape have in common, under the same names. */
const SHARED_FIELDS = ['email', 'firstName', 'lastName', 'phone', 'company', 'jobTitle'] as const;

/** What else can be written; which of it a server takes differs with its build (docs/vendors/sparx.md, Customers). */
export const OWN_FIELDS = [
	'type',
	'lifecycleStage',
	'leadStatus',
	'companyId',
	'b2bAccountId',
	'customProperties',
	'propertyId',
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
	'totalOrdered',
	'companyName',
	'b2bAccount',
	'avatarMediaAssetId',
	'score',
	'scoredAt',
	'scoreOffset',
	'leadResponseDueAt',
	'firstRespondedAt',
	'orderCount',
	'firstOrderAt',
	'lastOrderAt',
	'mergedIntoCustomerId',
	'createdAt',
	'updatedAt',
	'deletedAt',
];

const IN_LEAD = [...SHARED_FIELDS, 'companyName', 'id', 'tenantId', 'createdAt', 'updatedAt'] as string[];

/** Nothing, and what Sparx keeps where nothing was ever set: an empty object, an empty list. */
function isKnown([, value]: [string, unknown]): boolean {
	if (value === undefined || value === null || value === '') return false;
	return typeof value !== 'object' || Object.keys(value).length > 0;
}

function text(value: unknown): string | undefined {
	return value === undefined || value === null ? undefined : String(value);
}

/** The company's name as typed; in some answers `company` is the linked company. */
function companyOf({ company, companyName }: IDataObject): string | undefined {
	return [company, companyName].find((value): value is string => typeof value === 'string');
}

/** The one lead shape of a customer; its status is the lead status, else the lifecycle stage, else the type. */
export function simplifyCustomer(customer: IDataObject): Lead {
	const fields: IDataObject = { ...customer, company: companyOf(customer) };
	const shared = SHARED_FIELDS.map((field) => [field, text(fields[field])]);
	const custom = Object.entries(customer).filter((entry) => !IN_LEAD.includes(entry[0]) && isKnown(entry));
	return compactLead({
		platform: 'sparx',
		id: String(customer.id),
		...(Object.fromEntries(shared) as Partial<Lead>),
		status: text(customer.leadStatus ?? customer.lifecycleStage ?? customer.type),
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
