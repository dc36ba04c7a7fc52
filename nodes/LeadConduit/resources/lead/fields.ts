import { pickerField } from '../../../shared/picker/field';

export const leadId = pickerField({
	displayName: 'Lead',
	name: 'leadId',
	noun: 'lead',
	searchMethod: 'searchLeads',
	exampleId: 'lead_7f21',
	description:
		'The lead in LeadConduit. Its list shows no contact data; use Search to find a lead by its flow.',
});
