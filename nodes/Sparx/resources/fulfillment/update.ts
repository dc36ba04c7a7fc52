import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { clearing } from '../../../shared/operation/clearing';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { fieldCollection, idField, orderId, present, timeField } from '../fields';
import { partPath } from '../orderPart';
import { shipmentFields, shipmentInput, simplifyFulfillment } from './data';

const cleared = clearing(
	[
		['Notes', 'notes'],
		['Tracking Number', 'trackingNumber'],
		['Tracking URL', 'trackingUrl'],
	],
	'Sparx',
);

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
		cleared.field,
	],
	input: z.object({
		orderId: id,
		fulfillmentId: id,
		updateFields: z.object({ ...shipmentInput, deliveredAt: z.string().optional() }).default({}),
		clearFields: cleared.input,
	}),
	safety: 'idempotent',
	orderingKey: (input) => input.orderId,
	request: (input) => {
		const body = cleared.changes(present(input.updateFields as IDataObject), input.clearFields);
		return { method: 'PATCH', path: partPath(input.orderId, 'fulfillments', input.fulfillmentId), body };
	},
	output: recordIn,
	simplify: simplifyFulfillment,
	advice: { 422: 'Check the values. Not every version of Sparx can empty these fields.' },
});
