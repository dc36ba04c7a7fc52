import { jsonAnswer, type Answer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import type { VendorRequest } from '../vendor.mts';
import { checkQuery } from './checks.mts';
import type { SparkLoopSettings } from './settings.mts';

const defaultSize = 50;
const largestSize = 200;

function positive(name: string, value: string | undefined, fallback: number): number {
	if (value === undefined) return fallback;
	if (!/^[1-9]\d*$/.test(value)) throw new Refusal(400, `Parameter ${name} is not valid!`);
	return Number(value);
}

/** Reads a list's query: its own parameters, and which page is asked for (docs/vendors/sparkloop.md#paging). */
export function readListQuery(query: VendorRequest['query'], own: string[] = []) {
	const { page, per_page: size, ...parameters } = checkQuery(query, [...own, 'page', 'per_page']);
	return {
		parameters,
		page: {
			number: positive('page', page, 1),
			size: Math.min(largestSize, positive('per_page', size, defaultSize)),
		},
	};
}

/** One page of a list, with its counts where the settings say (docs/vendors/sparkloop.md#paging). */
export function listAnswer<Item>(
	key: string,
	items: Item[],
	page: { number: number; size: number },
	{ meta }: Readonly<SparkLoopSettings>,
	print: (item: Item) => unknown = (item) => item,
): Answer {
	const shown = items.slice((page.number - 1) * page.size, page.number * page.size).map(print);
	const counts = {
		per_page: page.size,
		page: page.number,
		total_pages: Math.ceil(items.length / page.size),
		[`total_${key}`]: items.length,
	};
	if (meta === 'none') return jsonAnswer(200, { [key]: shown });
	return jsonAnswer(200, { [key]: shown, ...(meta === 'nested' ? { meta: counts } : counts) });
}
