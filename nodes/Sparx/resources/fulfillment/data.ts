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

/** Contract 3.4. */
export const shipmentFields: INodeProperties[] = [
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
	metadataField,
	noteField('Notes', 'notes'),
	textField('Service', 'service', "The carrier's service"),
	timeField('Shipped At', 'shippedAt'),
	statusField,
	textField('Tracking Number', 'trackingNumber'),
	textField('Tracking URL', 'trackingUrl'),
];

export const shipmentInput = {
	carrier: text,
	carrierOther: text,
	metadata: metadata.optional(),
	notes: text,
	service: text,
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
