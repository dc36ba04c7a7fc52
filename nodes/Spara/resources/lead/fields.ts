import { pickerField } from '../../../shared/picker/field';

export const leadId = pickerField({
	displayName: 'Lead',
	name: 'leadId',
	noun: 'lead',
	searchMethod: 'searchLeads',
	exampleId: 'QX7R20MB',
	description:
		'The lead in Spara. From the list, search by the whole email, or by name among the newest leads.',
	url: {
		example: 'https://app.spara.co/conversations/QX7R20MB',
		idPattern: '^https://[^/]+/conversations/([A-Za-z0-9_-]+)',
	},
});
