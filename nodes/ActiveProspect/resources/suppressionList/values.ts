import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';

export const valuesField: INodeProperties = {
	displayName: 'Values',
	name: 'values',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. ana@shop.example, 5125550142',
	description:
		'One or more emails, phone numbers or MD5 digests, separated by commas. Phone numbers must always be written in the same form.',
};

export const valuesInput = z.object({
	list: id,
	values: z
		.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))])
		.transform((given) => (Array.isArray(given) ? given.map(String) : String(given).split(/[,|\n]/)))
		.transform((values) => values.map((value) => value.trim()).filter(Boolean))
		.refine((values) => values.length > 0, { message: 'must hold one value or more' }),
});
