import { UserError } from 'n8n-workflow';

/** Thrown when a vendor's pages make no sense, so that reading on would repeat records, lose some, or never end. */
export class PagingError extends UserError {
	constructor(
		message: string,
		description = 'The list was not read to its end, so nothing is returned for it.',
	) {
		super(message, { description });
	}
}

/**
 * The records under a key of an answer.
 * @throws PagingError when there is no list
 */
export function listIn<Item>(answer: unknown, key: string): Item[] {
	const list = (answer as Record<string, unknown> | undefined)?.[key];
	if (!Array.isArray(list)) throw new PagingError(`The answer has no list "${key}"`);
	return list as Item[];
}
