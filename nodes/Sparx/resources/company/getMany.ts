import { company } from '../../entities';
import { choiceField, textField } from '../fields';
import { getManyOf } from '../operations';

const holds = (text: unknown, part: unknown): boolean =>
	part === undefined || String(text).toLowerCase().includes(String(part).toLowerCase());

export const getMany = getManyOf(company, {
	fields: [
		textField('Assigned Rep ID', 'assignedRepId'),
		textField('Search', 'search', 'A part of the name, in upper or lower case'),
		choiceField(
			'Status',
			'status',
			[
				['Active', 'active'],
				['Credit Hold', 'credit_hold'],
				['Inactive', 'inactive'],
				['Suspended', 'suspended'],
			],
			'active',
		),
	],
	query: ({ assignedRepId, search, status }) => ({ assigned_rep_id: assignedRepId, q: search, status }),
	matches: ({ companyName }, { search }) => holds(companyName, search),
});
