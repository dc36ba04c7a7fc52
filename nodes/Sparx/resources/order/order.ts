import type { IDataObject } from 'n8n-workflow';
import { only } from '../fields';

/** Of the newer build; the transport finds those of the older one (docs/vendors/sparx.md, Builds). */
export const ORDERS = ['orders'];

/** Requests that take this turn are sent one after another: Sparx's own numbering fails under parallel creates. */
export const NUMBERING = 'order numbering';

const shortItem = only(['id', 'sku', 'name', 'quantity', 'unitPrice']);
const shortOrder = only([
	'id',
	'orderNumber',
	'status',
	'paymentStatus',
	'customerId',
	'currency',
	'total',
	'createdAt',
	'updatedAt',
	'items',
]);

/** The short form of an order. */
export function simplifyOrder(order: IDataObject): IDataObject {
	const { items, ...short } = shortOrder(order);
	return Array.isArray(items) ? { ...short, items: (items as IDataObject[]).map(shortItem) } : short;
}
