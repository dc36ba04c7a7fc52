import type { IDataObject } from 'n8n-workflow';
import type { ListReading } from '../shared/operation/operation';
import { cursorPages } from '../shared/paging/cursor';
import { listIn } from '../shared/paging/listIn';
import { PagingError } from '../shared/paging/pagingError';
import { RequestError } from '../shared/transport/requestError';

/** The most that Leadiosa gives at once (docs/vendors/leadiosa.md#paging). */
export const LARGEST_PAGE = 100;

/**
 * A refusal on a later page that is about none of these is about the cursor. ASSUMED
 * (docs/vendors/leadiosa.md#paging).
 */
const NOT_ABOUT_THE_CURSOR = [401, 403, 429];

function isExpired(error: unknown): boolean {
	if (!(error instanceof RequestError)) return false;
	const { outcome, response } = error.ending;
	const status = response?.status ?? 0;
	return outcome === 'failed' && status >= 400 && !NOT_ABOUT_THE_CURSOR.includes(status);
}

/** Where the next page starts; undefined on the last. */
export function nextCursor(answer: unknown): string | undefined {
	const { has_more: hasMore, next_cursor: next } = ((answer as IDataObject).pagination ?? {}) as IDataObject;
	if (hasMore === true && !next) throw new PagingError('Leadiosa says that there is more, but not where');
	return hasMore === false ? undefined : (next as string | undefined);
}

/** What to read: the list's path and its filters, with Leadiosa's names. */
export interface ListPlace {
	/** Below the base URL. */
	path: string[];
	/** The filters, without those of the paging. */
	query?: IDataObject;
}

/** How every list of Leadiosa is read (docs/vendors/leadiosa.md#paging). */
export function cursorList<Input>(placeOf: (input: Input) => ListPlace): ListReading<Input> {
	return {
		pages: (input, send, wanted) =>
			cursorPages({
				fetch: async (after) => {
					const { path, query } = placeOf(input);
					const limit = Math.min(LARGEST_PAGE, wanted);
					const answer = await send({ method: 'GET', path, query: { ...query, limit, after } });
					return { records: listIn<IDataObject>(answer, 'data'), next: nextCursor(answer) };
				},
				isExpired,
			}),
		recordId: ({ id }) => String(id),
		version: (record) => String(record.updated_at ?? ''),
	};
}
