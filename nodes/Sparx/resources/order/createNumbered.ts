import { UserError, type IDataObject } from 'n8n-workflow';
import { attemptAsync } from '../../../shared/attempt';
import type { Send } from '../../../shared/transport/transport';
import { recordIn } from '../../answer';
import { isUncertain, statusOf } from '../../errors';
import { pagesOf } from '../../lists';
import { ORDERS } from './order';

/** How often an order is sent whose number makes a second one impossible. */
const MAX_TRIES = 6;

/**
 * The order with exactly this number. Build B narrows the list by it; build A knows no such filter and gives all
 * orders, of which each page is looked through (docs/vendors/sparx.md, Orders).
 * @throws UserError when the search could not be finished, so that nobody knows whether there is one
 */
async function findByNumber(orderNumber: unknown, send: Send): Promise<IDataObject | undefined> {
	const query = { q: String(orderNumber), sort_by: 'createdAt' };
	const searched = await attemptAsync(async () => {
		for await (const page of pagesOf(ORDERS, query, send, Infinity)) {
			const match = page.find((order) => order.orderNumber === orderNumber);
			if (match)
				return recordIn(await send({ method: 'GET', path: [...ORDERS, String(match.id)], safety: 'safe' }));
		}
		return undefined;
	});
	if (searched.ok) return searched.value;
	throw new UserError(`It is not known whether order ${String(orderNumber)} was created`, {
		description: `Sparx may have it, but the search for it could not be finished: ${(searched.error as Error).message}. Look for the number in Sparx before you run this item again; running it again with the same number never makes a second order.`,
	});
}

/** Answers that may mean that the number is taken: to send the same again would end the same way. */
const CLASHES = [409, 500];

/** Customer, currency and lines with their prices in one text, to tell whether an order is the one that was asked for. */
function fingerprint({ customerId, currency = 'USD', items }: IDataObject): string {
	const lines = ((items ?? []) as IDataObject[]).map(
		({ sku, quantity = 1, unitPrice = 0 }) => `${String(sku)} ${String(quantity)} ${Number(unitPrice)}`,
	);
	return [customerId, currency, ...lines.sort()].join('\n');
}

/**
 * Creates an order with a number of its own. The number is unique, so where it is uncertain whether the order has
 * arrived, or the number is taken, it is looked for; it is sent again only where it is not there.
 * @throws RequestError when it stays uncertain or is refused, UserError when the number belongs to another order
 */
export async function createNumbered(body: IDataObject, send: Send): Promise<IDataObject> {
	let doubt: unknown;
	for (let tries = 1; ; tries++) {
		const created = await attemptAsync(async () =>
			recordIn(await send({ method: 'POST', path: ORDERS, body })),
		);
		if (created.ok) return created.value;
		const isClash = CLASHES.includes(statusOf(created.error) ?? 0);
		if (isClash || isUncertain(created.error)) doubt ??= created.error;
		if (!doubt) throw created.error;

		const order = await findByNumber(body.orderNumber, send);
		if (order && fingerprint(order) === fingerprint(body)) return order;
		if (order) {
			throw new UserError(`The order number ${String(body.orderNumber)} belongs to another order already`, {
				description: `Order ${String(order.id)} has it, with another customer, currency, price or other line items. Choose another number.`,
			});
		}
		if (isClash || tries === MAX_TRIES) throw doubt;
	}
}
