import type { IDataObject } from 'n8n-workflow';
import { checkedLead, leadData, type LeadDataInput } from '../../../shared/operation/leadData';
import { fieldsOfLead, nestedFields } from '../../lead';

const activeProspectData = leadData({
	platformName: 'LeadConduit',
	mapperDescription: 'The fields that the source takes. Others are ignored by the flow.',
	dependsOn: ['flowId.value', 'sourceId.value'],
	customExample: 'tier_acme',
	leadNote: 'LeadConduit has no field for jobTitle',
	fieldsOfLead,
});

export const leadDataFields = activeProspectData.fields;

/** The lead's fields by their names, those with dots included. */
export function leadDataOf(input: LeadDataInput): IDataObject {
	return activeProspectData.of(input);
}

/** The body to send. @throws UserError when there is nothing in it */
export function bodyOf(input: LeadDataInput): IDataObject {
	return nestedFields(checkedLead(leadDataOf(input)));
}
