import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { simplifyCustomer } from '../../lead';
import { pagesOf, recordId } from '../../lists';
import { choiceField, fieldCollection, textField } from '../fields';
import { CUSTOMERS } from './customer';

const text = z.string().trim().optional();

/** Contract 3.5. */
export const getMany = operation({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many customers',
	description: 'List customers or search for them',
	fields: [
		fieldCollection('Filters', 'filters', 'Add filter', [
			textField('Assigned Rep ID', 'assignedRepId'),
			textField('B2B Account ID', 'b2bAccountId'),
			{
				displayName: 'Include Deleted',
				name: 'includeDeleted',
				type: 'boolean',
				default: false,
				description: 'Whether to return deleted customers too',
			},
			textField('Search', 'search', 'A part of the email, the names or the company, in upper or lower case'),
			textField('Tag', 'tag'),
			choiceField(
				'Type',
				'type',
				[
					['B2B', 'b2b'],
					['Prospect', 'prospect'],
					['Retail', 'retail'],
				],
				'prospect',
			),
		]),
	],
	options: [
		choiceField(
			'Sort By',
			'sortBy',
			[
				['Created At', 'createdAt'],
				['Last Order At', 'lastOrderAt'],
				['Total Spent', 'totalSpent'],
				['Updated At', 'updatedAt'],
			],
			'updatedAt',
		),
	],
	input: z.object({
		filters: z
			.object({
				assignedRepId: text,
				b2bAccountId: text,
				includeDeleted: z.boolean().default(false),
				search: text,
				tag: text,
				type: text,
			})
			.default({}),
		options: z.object({ sortBy: z.string().optional() }).default({}),
	}),
	safety: 'safe',
	list: {
		pages: ({ filters, options }, send, limit) => {
			const query = {
				assigned_rep_id: filters.assignedRepId,
				b2b_account_id: filters.b2bAccountId,
				// Even "false" counts as true.
				include_deleted: filters.includeDeleted || undefined,
				q: filters.search,
				tag: filters.tag,
				type: filters.type,
				sort_by: options.sortBy,
			};
			return pagesOf(CUSTOMERS, query, send, limit);
		},
		recordId,
		version: ({ updatedAt }) => String(updatedAt ?? ''),
	},
	simplify: simplifyCustomer,
});
