import { UserError } from 'n8n-workflow';
import { z } from 'zod';
import { writableLeadSchema } from '../../../shared/lead/lead';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { choiceField, optionalFields, textField } from '../../fields';
import { fieldsOfLead, simplifyLead } from '../../lead';
import { subscriber } from '../../entities';
import { part, toApiFields } from '../../apiFields';
import { HOW_TO_CLEAR } from '../operations';
import { leadData, leadDataSchema, leadField } from './subscriberData';

const changes = optionalFields('updateFields', [
	textField('Email', 'email', { placeholder: 'name@email.com' }),
	textField('Name', 'name', { placeholder: 'e.g. Ada Lovelace' }),
	choiceField('Status', 'status', [
		{ name: 'Confirmed', value: 'confirmed' },
		{ name: 'Unsubscribed', value: 'unsubscribed' },
	]),
]);

/** A subscriber's name, email and status can be changed, nothing else (docs/vendors/sparkloop.md#subscribers). */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update subscriber',
	description: `Change the name, email or status of a subscriber. Fields that are not given, or come out empty, stay as they are. ${HOW_TO_CLEAR}`,
	fields: [
		subscriber.id,
		leadData,
		{ ...changes.field, displayOptions: { show: { leadData: ['fields'] } } },
		leadField,
	],
	input: z.object({
		subscriberId: id,
		leadData: leadDataSchema,
		updateFields: changes.schema,
		lead: writableLeadSchema.optional(),
	}),
	safety: 'idempotent',
	orderingKey: (input) => input.subscriberId,
	run: async ({ subscriberId, leadData: way, updateFields, lead }, send) => {
		const { email, name, status } = way === 'lead' ? fieldsOfLead(lead ?? {}) : updateFields;
		const body = toApiFields({ email, name, status });
		if (Object.keys(body).length === 0) {
			throw new UserError('There is nothing to update: neither name, email nor status has a value');
		}
		return part(await send({ method: 'PUT', path: ['subscribers', subscriberId], body }), 'subscriber');
	},
	simplify: simplifyLead,
});
