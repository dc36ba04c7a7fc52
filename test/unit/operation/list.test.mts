import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { ListInterruptedError, readList } from '../../../nodes/shared/operation/list.ts';

const send = async (): Promise<never> => {
	throw new Error('The pages do not come from a vendor');
};

/** Reads the given pages and counts how many were taken. */
async function read(pages: IDataObject[][], limit = Infinity, version?: (record: IDataObject) => string) {
	let taken = 0;
	async function* give(): AsyncGenerator<IDataObject[]> {
		for (const page of pages) {
			taken++;
			yield page;
		}
	}
	const reading = { pages: give, recordId: ({ id }: IDataObject) => String(id), version };
	const list = await readList(reading, undefined, send, {
		limit,
		shape: (record) => ({ ...record, shaped: true }),
	});
	return { ...list, taken };
}

const versionOf = ({ version }: IDataObject): string => String(version);

describe('readList', () => {
	it('gives each record once, the greatest version of it, in the order in which they first came', async () => {
		const record = fc.record({ id: fc.integer({ min: 0, max: 9 }), version: fc.integer({ min: 0, max: 9 }) });
		await fc.assert(
			fc.asyncProperty(fc.array(fc.array(record)), async (pages) => {
				const { records } = await read(pages, Infinity, versionOf);
				const all = pages.flat();
				const ids = [...new Set(all.map(({ id }) => id))];
				const greatest = ids.map((id) =>
					Math.max(...all.filter((other) => other.id === id).map(({ version }) => version)),
				);
				expect(records).toEqual(ids.map((id, index) => ({ id, version: greatest[index], shaped: true })));
			}),
		);
	});

	it('keeps the first of equal versions', async () => {
		const { records } = await read([[{ id: 1, name: 'first' }], [{ id: 1, name: 'second' }]]);
		expect(records).toEqual([{ id: 1, name: 'first', shaped: true }]);
	});

	it('takes no page after the limit is reached, and says that there may be more', async () => {
		const pages = [[{ id: 1 }, { id: 2 }], [{ id: 3 }, { id: 4 }], [{ id: 5 }]];
		expect(await read(pages, 2)).toMatchObject({ taken: 1, cutOff: true });
		expect(await read(pages, 3)).toMatchObject({ taken: 2, cutOff: true });
		expect(await read(pages, 6)).toMatchObject({ taken: 3, cutOff: false });
		expect((await read(pages, 3)).records.map(({ id }) => id)).toEqual([1, 2, 3]);
	});

	it('still takes a greater version of a record that it has when the limit is reached', async () => {
		const pages = [
			[{ id: 1, version: 1 }],
			[
				{ id: 2, version: 1 },
				{ id: 1, version: 2 },
				{ id: 3, version: 1 },
			],
		];
		const { records } = await read(pages, 2, versionOf);
		expect(records).toEqual([
			{ id: 1, version: 2, shaped: true },
			{ id: 2, version: 1, shaped: true },
		]);
	});

	it('says how many records it had when a page cannot be read', async () => {
		const cause = new Error('The connection broke');
		async function* pages(): AsyncGenerator<IDataObject[]> {
			yield [{ id: 1 }, { id: 2 }, { id: 2 }];
			throw cause;
		}
		const reading = { pages, recordId: ({ id }: IDataObject) => String(id) };
		const interrupted = readList(reading, undefined, send, { limit: 10, shape: (record) => record });
		await expect(interrupted).rejects.toBeInstanceOf(ListInterruptedError);
		await expect(interrupted).rejects.toMatchObject({ recordsRead: 2, cause });
	});

	it('ends the walk when it needs no more', async () => {
		let isEnded = false;
		async function* pages(): AsyncGenerator<IDataObject[]> {
			try {
				yield [{ id: 1 }];
				yield [{ id: 2 }];
			} finally {
				isEnded = true;
			}
		}
		const reading = { pages, recordId: ({ id }: IDataObject) => String(id) };
		await readList(reading, undefined, send, { limit: 1, shape: (record) => record });
		expect(isEnded).toBe(true);
	});
});
