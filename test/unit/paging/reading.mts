import type { IDataObject } from 'n8n-workflow';
import { readList, type ReadList } from '../../../nodes/shared/operation/list.ts';

export const idOf = ({ id }: IDataObject): string => String(id);

/** Reads pages the way the operation runner does: each record once, no more than `limit`. */
export async function readPages(
	pages: (limit: number) => AsyncIterable<IDataObject[]>,
	limit = Infinity,
	version?: (record: IDataObject) => string,
): Promise<ReadList> {
	const reading = {
		pages: (_input: undefined, _send: unknown, wanted: number) => ending(pages(wanted)),
		recordId: idOf,
		version,
	};
	return await readList(reading, undefined, neverSend, { limit, shape: (record) => record });
}

/** A walk over one of our small lists that gives more pages than this will never end. */
const TOO_MANY_PAGES = 2000;

async function* ending(pages: AsyncIterable<IDataObject[]>): AsyncGenerator<IDataObject[]> {
	let count = 0;
	for await (const page of pages) {
		if (++count > TOO_MANY_PAGES) throw new Error('This walk does not end');
		yield page;
	}
}

const neverSend = async (): Promise<never> => {
	throw new Error('The pages come from a model server');
};

/** The error inside of what `readPages` threw. */
export async function pagingFault(reading: Promise<unknown>): Promise<Error> {
	const thrown = await reading.then(
		() => undefined,
		(error: Error) => error,
	);
	if (!thrown) throw new Error('The reading went well');
	return thrown.cause as Error;
}
