import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { customerId } from '../../entities';
import { fieldCollection, present } from '../fields';
import { addressPath, country, optional, optionalInput, required, simplify, typeField } from './data';

const needed = z.string().trim().min(1, 'is missing');

export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create saved address',
	description: 'Save an address of a customer. Not every version of Sparx has saved addresses.',
	fields: [
		customerId,
		typeField,
		...required.map((field) => ({ ...field, required: true })),
		fieldCollection('Additional Fields', 'additionalFields', 'Add field', optional),
	],
	input: z.object({
		customerId: id,
		type: z.string(),
		line1: needed,
		city: needed,
		country,
		additionalFields: z.object(optionalInput).partial().default({}),
	}),
	safety: 'nonIdempotent',
	orderingKey: (input) => input.customerId,
	request: ({ customerId: customer, additionalFields, ...address }) => ({
		method: 'POST',
		path: addressPath(customer),
		body: present({ ...address, ...additionalFields } as IDataObject),
	}),
	output: recordIn,
	simplify,
});
