import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { choiceField, metadata, metadataField, noteField, only, textField, timeField } from '../fields';

const text = z.string().optional();

export const statusField: INodeProperties = choiceField(
	'Status',
	'status',
	[
		['Cancelled', 'cancelled'],
		['Delivered', 'delivered'],
		['Failed', 'failed'],
		['Pending', 'pending'],
		['Shipped', 'shipped'],
	],
	'shipped',
);

/** Of a new fulfillment only: later Sparx drops them without a word. */
export const carrierFields: INodeProperties[] = [
	choiceField(
		'Carrier',
		'carrier',
		[
			['DHL', 'dhl'],
			['Digital', 'digital'],
			['Dropship', 'dropship'],
			['FedEx', 'fedex'],
			['Other', 'other'],
			['Pickup', 'pickup'],
			['UPS', 'ups'],
			['USPS', 'usps'],
		],
		'ups',
	),
	textField('Carrier Name', 'carrierOther', 'Where the carrier is "Other"'),
	textField('Service', 'service', "The carrier's service"),
];

export const carrierInput = { carrier: text, carrierOther: text, service: text };

/** What can be changed later too (docs/vendors/sparx.md, Fulfillments). */
export const shipmentFields: INodeProperties[] = [
	metadataField,
	noteField('Notes', 'notes'),
	timeField('Shipped At', 'shippedAt'),
	statusField,
	textField('Tracking Number', 'trackingNumber'),
	textField('Tracking URL', 'trackingUrl'),
];

export const shipmentInput = {
	metadata: metadata.optional(),
	notes: text,
	shippedAt: text,
	status: text,
	trackingNumber: text,
	trackingUrl: text,
};

/** The short form of a fulfillment. */
export const simplifyFulfillment = only([
	'id',
	'orderId',
	'status',
	'carrier',
	'trackingNumber',
	'trackingUrl',
	'shippedAt',
	'deliveredAt',
	'createdAt',
	'items',
]);
