import { UserError } from 'n8n-workflow';
import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { only, present, textField } from '../fields';

const text = z.string().trim().optional();

const simplify = only(['id', 'type', 'description', 'customerId', 'dealId', 'companyId', 'createdAt']);

/** An entry of the timeline of the kind note, which both builds have (docs/vendors/sparx.md, Notes). */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create note',
	description: 'Add a note to the timeline of a customer, a deal or a company',
	fields: [
		{
			...textField('Text', 'text'),
			required: true,
			typeOptions: { rows: 4 },
		},
		textField('Customer ID', 'customerId', 'At least one of customer, deal and company is needed'),
		textField('Deal ID', 'dealId'),
		textField('Company ID', 'companyId'),
	],
	input: z.object({
		text: z.string().min(1, 'is missing').max(10_000, 'must have 10,000 characters at most'),
		customerId: text,
		dealId: text,
		companyId: text,
	}),
	safety: 'nonIdempotent',
	request: ({ text: description, customerId, dealId, companyId }) => {
		if (!customerId && !dealId && !companyId) {
			throw new UserError('The note belongs to nobody', {
				description: 'Give the ID of a customer, a deal or a company. Nothing was sent for this item.',
			});
		}
		return {
			method: 'POST',
			path: ['crm', 'activities'],
			body: present({
				type: 'note',
				actorType: 'api',
				description,
				customerId,
				dealId,
				companyId,
				b2bAccountId: companyId,
			}),
		};
	},
	output: recordIn,
	simplify,
});
