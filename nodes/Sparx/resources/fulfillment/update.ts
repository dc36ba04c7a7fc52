import { UserError, type IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { fieldCollection, idField, orderId, present, timeField } from '../fields';
import { partPath } from '../orderPart';
import { shipmentFields, shipmentInput, simplifyFulfillment } from './data';

/** Source: docs/vendors/sparx.md, Fulfillments. */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update fulfillment',
	description:
		'Change status or tracking of a fulfillment; its carrier cannot be changed. The order is delivered once all its fulfillments are.',
	fields: [
		orderId,
		idField('Fulfillment ID', 'fulfillmentId', 'The ID of the fulfillment'),
		fieldCollection('Update Fields', 'updateFields', 'Add field', [
			...shipmentFields,
			timeField('Delivered At', 'deliveredAt'),
		]),
	],
	input: z.object({
		orderId: id,
		fulfillmentId: id,
		updateFields: z.object({ ...shipmentInput, deliveredAt: z.string().optional() }).default({}),
	}),
	safety: 'idempotent',
	orderingKey: (input) => input.orderId,
	request: (input) => {
		const body = present(input.updateFields as IDataObject);
		if (Object.keys(body).length === 0)
			throw new UserError('There is nothing to update: no field has a value');
		return { method: 'PATCH', path: partPath(input.orderId, 'fulfillments', input.fulfillmentId), body };
	},
	output: recordIn,
	simplify: simplifyFulfillment,
});
