import { company } from '../../entities';
import { updateOne } from '../operations';
import { companyFields, companyInput, companyName, companyNameInput } from './data';

export const update = updateOne(company, {
	fields: [{ ...companyName, required: false }, ...companyFields],
	input: { companyName: companyNameInput, ...companyInput },
	clearable: [
		['Assigned Rep', 'assignedRepId'],
		['Domains', 'domains', []],
		['Notes', 'notes'],
		['Tags', 'tags', []],
		['Tax ID', 'taxId'],
		['Website', 'website'],
	],
});
