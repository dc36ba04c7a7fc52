import type { IDataObject } from 'n8n-workflow';
import { PagingError } from '../shared/paging/pagingError';

/**
 * A bare list; `null` is an empty one (docs/vendors/activeprospect.md#lists).
 * @throws PagingError when the answer is no list
 */
export function listOf(answer: unknown): IDataObject[] {
	if (answer === null || answer === undefined) return [];
	if (!Array.isArray(answer)) throw new PagingError('The answer is no list');
	return answer as IDataObject[];
}

/** What tells a record from others; a row without an ID is told by all it says. */
export function recordId(record: IDataObject): string {
	return record.id === undefined ? JSON.stringify(record) : String(record.id);
}
