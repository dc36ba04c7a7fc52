import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { writableLeadSchema, type WritableLead } from '../lead/lead';

/** The choice, among the ways in which data can be given, of a lead from another node. */
export const leadOption: INodePropertyOptions = {
	name: 'Lead From Another Node',
	value: 'lead',
	description: 'A simplified lead of any Leadwire node, whatever its platform',
};

/**
 * The field for it.
 * @param parameter the field in which `leadOption` is chosen
 * @param holds what of a lead is written, and in a sentence of its own what is not
 */
export function leadField(parameter: string, holds: string): INodeProperties {
	return {
		displayName: 'Lead',
		name: 'lead',
		type: 'json',
		default: '={{ $json }}',
		description: `A lead with ${holds}`,
		displayOptions: { show: { [parameter]: ['lead'] } },
	};
}

/** What a platform that has a place for all of a lead writes of it. */
export const WHOLE_LEAD =
	'email, firstName, lastName, phone, company, jobTitle and customFields, as Leadwire nodes return it. ID, status and dates are not written.';

/**
 * What the field may hold. Anything else given by mistake, such as a whole trigger item, would silently write nothing.
 * @param fieldsOfLead the platform's fields for a lead
 */
export function simplifiedLead(fieldsOfLead: (lead: WritableLead) => IDataObject) {
	return writableLeadSchema.refine((lead) => Object.keys(fieldsOfLead(lead)).length > 0, {
		message:
			'must be a simplified lead, but has neither email, firstName, lastName, phone, company, jobTitle nor customFields',
	});
}
