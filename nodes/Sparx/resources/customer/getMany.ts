import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { simplifyCustomer } from '../../lead';
import { recordId } from '../../lists';
import { choiceField, fieldCollection, textField } from '../fields';
import { CUSTOMER_TYPES, LEAD_STATUSES, LIFECYCLE_STAGES } from './choices';
import { customerPages, refuseOlderBuild } from './customer';

const text = z.string().trim().optional();

/** Source: docs/vendors/sparx.md, Customers. */
export const getMany = operation({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many customers',
	description: 'List customers or search for them',
	fields: [
		fieldCollection('Filters', 'filters', 'Add filter', [
			textField('Assigned Rep ID', 'assignedRepId'),
			textField('B2B Account ID', 'b2bAccountId', 'The older name of Company ID'),
			textField('Company ID', 'companyId'),
			{
				displayName: 'Include Deleted',
				name: 'includeDeleted',
				type: 'boolean',
				default: false,
				description: 'Whether to return deleted customers too',
			},
			choiceField('Lead Status', 'leadStatus', LEAD_STATUSES, 'new', 'Not every version of Sparx has it'),
			choiceField(
				'Lifecycle Stage',
				'lifecycleStage',
				LIFECYCLE_STAGES,
				'lead',
				'Not every version of Sparx has it',
			),
			textField('Search', 'search', 'A part of the email, the names or the company, in upper or lower case'),
			textField('Tag', 'tag'),
			choiceField('Type', 'type', CUSTOMER_TYPES, 'prospect'),
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
				companyId: text,
				includeDeleted: z.boolean().default(false),
				leadStatus: text,
				lifecycleStage: text,
				search: text,
				tag: text,
				type: text,
			})
			.default({}),
		options: z.object({ sortBy: z.string().optional() }).default({}),
	}),
	safety: 'safe',
	list: {
		async *pages({ filters, options }, send, limit) {
			const { leadStatus, lifecycleStage } = filters;
			const query = {
				assigned_rep_id: filters.assignedRepId,
				b2b_account_id: filters.companyId ?? filters.b2bAccountId,
				// Even "false" counts as true.
				include_deleted: filters.includeDeleted || undefined,
				q: filters.search,
				tag: filters.tag,
				type: filters.type,
				lead_status: leadStatus,
				lifecycle_stage: lifecycleStage,
			};
			for await (const page of customerPages(query, options.sortBy ?? 'updatedAt', send, limit)) {
				if (leadStatus ?? lifecycleStage) refuseOlderBuild(page);
				yield page;
			}
		},
		recordId,
		version: ({ updatedAt }) => String(updatedAt ?? ''),
	},
	simplify: simplifyCustomer,
});
