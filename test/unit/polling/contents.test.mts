import type { IDataObject } from 'n8n-workflow';
import {
	isNewContent,
	presentContents,
	storeContents,
	storedContents,
	type Contents,
} from '../../../nodes/shared/polling/contents.ts';
import type { Counting } from '../../../nodes/shared/polling/source.ts';

const unused = async (): Promise<never> => {
	throw new Error('nothing is sent here');
};

/** Records whose `name` counts, and whose `total` does not. */
const counting = (records: IDataObject[] = []): Counting => ({
	idOf: ({ id }) => String(id),
	contentOf: ({ name }) => String(name),
	newestFirst: async function* () {
		for (let start = 0; start < records.length; start += 250) yield records.slice(start, start + 250);
	},
});

const record = (id: number, name = 'Ada', total = 0) => ({ id, name, total });

describe('what counts of records', () => {
	it('is new where it was not seen or has changed, and not where something else has', () => {
		const contents: Contents = new Map();
		const isNew = (given: IDataObject) => isNewContent(contents, given, counting());
		expect([record(1), record(1, 'Ada', 5), record(1, 'Grace', 5), record(1, 'Grace', 6)].map(isNew)).toEqual(
			[true, false, true, false],
		);
		expect(isNew(record(2))).toBe(true);
	});

	it('survives being stored, for its own event only', async () => {
		const staticData = {};
		const contents = await presentContents(counting([record(1), record(2)]), unused);
		storeContents(staticData, 'customer.updated', contents);
		const kept = JSON.parse(JSON.stringify(staticData)) as IDataObject;
		expect(storedContents(kept, 'customer.updated')).toEqual(contents);
		expect(storedContents(kept, 'customer.created')).toBeUndefined();
		expect(storedContents({}, 'customer.updated')).toBeUndefined();
	});

	it('is bounded: those that changed longest ago are forgotten, and count when they come again', async () => {
		const all = Array.from({ length: 6000 }, (_, id) => record(id));
		// A page that was read twice, as lists that move are.
		const contents = await presentContents(counting([...all.slice(0, 250), ...all]), unused);
		expect(contents.size).toBe(5000);
		expect(isNewContent(contents, record(0), counting())).toBe(false);
		expect(isNewContent(contents, record(5999), counting())).toBe(true);
		expect(contents.size).toBe(5000);
		// The one that changed longest ago had to go for it.
		expect(isNewContent(contents, record(4999), counting())).toBe(true);
	});
});
