import { PagingError } from './pagingError';

/**
 * The records under a key of an answer.
 * @throws PagingError when there is no list
 */
export function listIn<Item>(answer: unknown, key: string): Item[] {
	const list = (answer as Record<string, unknown> | undefined)?.[key];
	if (!Array.isArray(list)) throw new PagingError(`The answer has no list "${key}"`);
	return list as Item[];
}
