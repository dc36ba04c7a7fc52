import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { clearing } from '../../../shared/operation/clearing';
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

const cleared = clearing(
	[
		['Company', 'company'],
		['Label', 'label'],
		['Line 2', 'line2'],
		['Phone', 'phone'],
		['Postal Code', 'postalCode'],
		['Recipient Name', 'recipientName'],
		['Region', 'region'],
	],
	'Sparx',
);

export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update saved address',
	description: 'Change a saved address of a customer. Not every version of Sparx has saved addresses.',
	fields: [
		customerId,
		addressId,
		fieldCollection('Update Fields', 'updateFields', 'Add field', [...required, ...optional, typeField]),
		cleared.field,
	],
	input: z.object({
		customerId: id,
		addressId: id,
		updateFields: z
			.object({ line1: text, city: text, country: country.optional(), type: text, ...optionalInput })
			.partial()
			.default({}),
		clearFields: cleared.input,
	}),
	safety: 'idempotent',
	orderingKey: (input) => input.customerId,
	request: (input) => {
		const body = cleared.changes(present(input.updateFields as IDataObject), input.clearFields);
		return { method: 'PATCH', path: addressPath(input.customerId, input.addressId), body };
	},
	output: recordIn,
	simplify,
});
