import { leadData } from '../../../shared/operation/leadData';
import { fieldsOfLead } from '../../lead';

export { checkedLead, leadDataInput, type LeadDataInput } from '../../../shared/operation/leadData';

/** A lead is flat (docs/vendors/leadconduit.md#submit). */
const leadConduitData = leadData({
	platformName: 'LeadConduit',
	mapperDescription: 'The fields that the flow requires, and the others that every flow knows',
	dependsOn: ['flowId.value'],
	customExample: 'custom_field_77',
	leadNote: 'LeadConduit has no fields for company and jobTitle',
	fieldsOfLead,
});

/** How the data of a lead is given: field by field, as a lead of any platform, or as LeadConduit's own JSON. */
export const { fields: leadDataFields, of: leadDataOf } = leadConduitData;
