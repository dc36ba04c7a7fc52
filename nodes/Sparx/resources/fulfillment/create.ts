import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { fieldCollection, orderId, present } from '../fields';
import { orderLines } from '../orderLines';
import { partPath } from '../orderPart';
import { carrierFields, carrierInput, shipmentFields, shipmentInput, simplifyFulfillment } from './data';

const lines = orderLines({ withAmount: false });

/** Source: docs/vendors/sparx.md, Fulfillments. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create fulfillment',
	description: 'Ship line items of an order. The order is fulfilled once every line is shipped whole.',
	fields: [
		orderId,
		...lines.fields,
		fieldCollection('Additional Fields', 'additionalFields', 'Add field', [
			...carrierFields,
			...shipmentFields,
		]),
	],
	input: z.object({
		orderId: id,
		...lines.input,
		additionalFields: z.object({ ...carrierInput, ...shipmentInput }).default({}),
	}),
	safety: 'nonIdempotent',
	orderingKey: (input) => input.orderId,
	request: (input) => ({
		method: 'POST',
		path: partPath(input.orderId, 'fulfillments'),
		body: present({
			lines: lines.read(input as unknown as IDataObject),
			...input.additionalFields,
		} as IDataObject),
	}),
	output: recordIn,
	simplify: simplifyFulfillment,
	advice: {
		422: 'Check the quantities: no more can be shipped than is left, and nothing of a cancelled or refunded order.',
	},
});
