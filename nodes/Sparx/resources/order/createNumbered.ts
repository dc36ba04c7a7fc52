import { UserError, type IDataObject } from 'n8n-workflow';
import { attemptAsync } from '../../../shared/attempt';
import type { Send } from '../../../shared/transport/transport';
import { recordIn } from '../../answer';
import { isUncertain, statusOf } from '../../errors';
import { pagesOf } from '../../lists';
import { ORDERS } from './order';

/** How often an order is sent whose number makes a second one impossible. */
const MAX_TRIES = 3;

/** How many of the newest orders may hide the one that is looked for. */
const NEWEST = 1000;

/** There is no filter by number (contract 3.2). */
async function findNewest(orderNumber: unknown, send: Send): Promise<IDataObject | undefined> {
	for await (const page of pagesOf(ORDERS, { sort_by: 'createdAt' }, send, NEWEST)) {
		const match = page.find((order) => order.orderNumber === orderNumber);
		if (match)
			return recordIn(await send({ method: 'GET', path: [...ORDERS, String(match.id)], safety: 'safe' }));
	}
	return undefined;
}

/** Answers that may mean that the number is taken: to send the same again would end the same way (contract section 2). */
const CLASHES = [409, 500];

/** Customer and lines in one text, to tell whether an order is the one that was asked for. */
function fingerprint({ customerId, items }: IDataObject): string {
	const lines = ((items ?? []) as IDataObject[]).map(
		({ sku, quantity = 1 }) => `${String(sku)} ${String(quantity)}`,
	);
	return [customerId, ...lines.sort()].join('\n');
}

/**
 * Creates an order with a number of its own. The number is unique, so where it is uncertain whether the order has
 * arrived, or the number is taken, it is looked for; it is sent again only where it is not there (contract section 5).
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

		const order = await findNewest(body.orderNumber, send);
		if (order && fingerprint(order) === fingerprint(body)) return order;
		if (order) {
			throw new UserError(`The order number ${String(body.orderNumber)} belongs to another order already`, {
				description: `Order ${String(order.id)} has it, with another customer or other line items. Choose another number.`,
			});
		}
		if (isClash || tries === MAX_TRIES) throw doubt;
	}
}
