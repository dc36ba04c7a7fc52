import type { IDataObject } from 'n8n-workflow';
import type { BatchItem, Batching } from '../../shared/operation/operation';
import type { Send } from '../../shared/transport/transport';
import { recordIn } from '../answer';

/** What an item of a bulk request names. */
interface Bulk {
	customerId: string;
}

/** One request for the customers of many items. */
interface BulkRequest<Input extends Bulk> {
	/** The most customers that Sparx takes at once. */
	most: number;
	/** Where to, and what beside the customers: items that agree in both go together. */
	request(input: Input): { path: string[]; body: IDataObject };
	/** What became of one item, from the answer to its request and how many customers that named. */
	result(input: Input, answer: IDataObject, sent: number): IDataObject;
}

/** Carries out many items in few requests, which are safe to repeat. */
export function inBulk<Input extends Bulk>({ most, request, result }: BulkRequest<Input>): Batching<Input> {
	return {
		cut: <Item extends BatchItem<Input>>(items: Item[]) => {
			const groups = new Map<string, Item[]>();
			for (const item of items) {
				const key = JSON.stringify(request(item.input));
				groups.set(key, [...(groups.get(key) ?? []), item]);
			}
			return [...groups.values()].flatMap((group) =>
				Array.from({ length: Math.ceil(group.length / most) }, (_, part) =>
					group.slice(part * most, (part + 1) * most),
				),
			);
		},
		run: async (batch: Array<BatchItem<Input>>, send: Send) => {
			const { path, body } = request(batch[0].input);
			const customerIds = [...new Set(batch.map(({ input }) => input.customerId))];
			const answer = recordIn(await send({ method: 'POST', path, body: { customerIds, ...body } }));
			return batch.map(({ itemIndex, input }) => ({
				itemIndex,
				record: result(input, answer, customerIds.length),
			}));
		},
	};
}
