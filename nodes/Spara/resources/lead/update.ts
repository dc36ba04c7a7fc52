import { UserError, type IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { simplifyLead } from '../../lead';
import { leadId } from './fields';
import { leadDataFields, leadDataInput, leadDataOf } from './leadData';

/**
 * The answer is empty (docs/vendors/spara.md#get-create-update), so the lead is read again where the user wants to see
 * it.
 */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update lead',
	description:
		'Change fields of a lead. Fields that are not given, or come out empty, stay as they are: Spara has no way to clear a field.',
	fields: [leadId, ...leadDataFields],
	options: [
		{
			displayName: 'Fetch Updated Lead',
			name: 'fetchUpdatedLead',
			type: 'boolean',
			default: false,
			description: 'Whether to read the lead after the update and return it; this takes a second request',
		},
	],
	input: z.object({
		leadId: id,
		...leadDataInput,
		options: z.object({ fetchUpdatedLead: z.boolean().default(false) }).default({}),
	}),
	safety: 'idempotent',
	orderingKey: (input) => input.leadId,
	run: async (input, send) => {
		const path = ['leads', input.leadId];
		const body = leadDataOf(input);
		if (Object.keys(body).length === 0)
			throw new UserError('There is nothing to update: no lead field has a value');
		await send({ method: 'PATCH', path, body });
		if (!input.options.fetchUpdatedLead) return { id: input.leadId, updated: true };
		return (await send({ method: 'GET', path, safety: 'safe' })) as IDataObject;
	},
	simplify: (record) => (record.updated === true ? record : simplifyLead(record)),
});
