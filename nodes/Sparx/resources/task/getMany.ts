import { task } from '../../entities';
import { textField, timeField } from '../fields';
import { getManyOf } from '../operations';
import { statusField } from './data';

export const getMany = getManyOf(task, {
	fields: [
		textField('Customer ID', 'customerId'),
		textField('Deal ID', 'dealId'),
		timeField('Due Before', 'dueBefore'),
		textField('Owner ID', 'ownerId'),
		textField('Search', 'search', 'A part of the title, in upper or lower case'),
		statusField,
	],
	query: ({ customerId, dealId, dueBefore, ownerId, search, status }) => ({
		customer_id: customerId,
		deal_id: dealId,
		due_before: dueBefore,
		assigned_to_user_id: ownerId,
		q: search,
		status,
	}),
	matches: ({ title }, { search }) =>
		search === undefined || String(title).toLowerCase().includes(String(search).toLowerCase()),
});
