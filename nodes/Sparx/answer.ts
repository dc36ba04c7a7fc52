import type { IDataObject } from 'n8n-workflow';
import { listIn } from '../shared/paging/listIn';
import { RefusedError } from '../shared/transport/requestError';

/** Amounts of money, which arrive as numbers or as decimal texts (docs/vendors/sparx.md, Amounts of money). */
const MONEY_FIELDS = [
	'unitPrice',
	'lineSubtotal',
	'taxAmount',
	'discountAmount',
	'lineTotal',
	'subtotal',
	'shippingTotal',
	'discountTotal',
	'taxTotal',
	'total',
	'amountPaid',
	'refundTotal',
	'amount',
	'totalSpent',
	'totalOrdered',
	'surchargeTotal',
	'coreChargeTotal',
	'coreCharge',
	'value',
	'probability',
	'creditLimit',
	'creditUsed',
	'discountPercent',
];

/** Where a record holds further records with money in them. */
const LISTS = ['items', 'lines', 'refundItems'];

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** The record with its money, and that of its lines, as numbers. */
function withNumbers(record: IDataObject): IDataObject {
	const entries = Object.entries(record).map(([name, value]) => {
		if (MONEY_FIELDS.includes(name) && typeof value === 'string' && DECIMAL.test(value))
			return [name, Number(value)];
		if (LISTS.includes(name) && Array.isArray(value))
			return [name, (value as IDataObject[]).map(withNumbers)];
		return [name, value];
	});
	return Object.fromEntries(entries) as IDataObject;
}

/**
 * The record inside the envelope of an answer (docs/vendors/sparx.md, Envelope).
 * @throws RefusedError when the envelope says that it failed, or holds no record
 */
export function recordIn(answer: unknown): IDataObject {
	const { success, data, error } = (answer ?? {}) as IDataObject;
	if (success === false || typeof data !== 'object' || data === null || Array.isArray(data)) {
		const { code, message } = (error ?? {}) as IDataObject;
		throw new RefusedError({
			code: code as string,
			message: (message as string) ?? 'The answer holds no record',
		});
	}
	return withNumbers(data as IDataObject);
}

/**
 * The records inside the envelope of an answer.
 * @throws PagingError when there is no list
 */
export function recordsIn(answer: unknown): IDataObject[] {
	return listIn<IDataObject>(answer, 'data').map(withNumbers);
}

/** How many records the whole list has, where the answer says so. */
export function totalIn(answer: unknown): number | undefined {
	const { total } = ((answer as IDataObject).meta ?? {}) as IDataObject;
	return typeof total === 'number' ? total : undefined;
}
