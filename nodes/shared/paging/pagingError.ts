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
