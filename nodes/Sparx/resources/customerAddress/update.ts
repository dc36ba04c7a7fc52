import { UserError, type IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { customerId } from '../../entities';
import { fieldCollection, present } from '../fields';
import {
	addressId,
	addressPath,
	country,
	optional,
	optionalInput,
	required,
	simplify,
	typeField,
} from './data';

const text = z.string().trim().optional();

export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update saved address',
	description: 'Change a saved address of a customer. Not every version of Sparx has saved addresses.',
	fields: [
		customerId,
		addressId,
		fieldCollection('Update Fields', 'updateFields', 'Add field', [...required, ...optional, typeField]),
	],
	input: z.object({
		customerId: id,
		addressId: id,
		updateFields: z
			.object({ line1: text, city: text, country: country.optional(), type: text, ...optionalInput })
			.partial()
			.default({}),
	}),
	safety: 'idempotent',
	orderingKey: (input) => input.customerId,
	request: (input) => {
		const body = present(input.updateFields as IDataObject);
		if (Object.keys(body).length === 0)
			throw new UserError('There is nothing to update: no field has a value');
		return { method: 'PATCH', path: addressPath(input.customerId, input.addressId), body };
	},
	output: recordIn,
	simplify,
});
