import type { HttpResponse } from './http';
import type { Outcome, Safety } from './outcome';
import type { VendorError } from '../vendor';

/** How a request ended that was not answered as hoped. */
export interface RequestEnding {
	/** How the last sending ended. */
	outcome: Exclude<Outcome, 'answered'>;
	/** Whether a second sending would do harm. */
	safety: Safety;
	/** The last answer, where one arrived. */
	response?: HttpResponse;
	/** What was thrown, where no answer arrived. */
	cause?: unknown;
	/** How long the rate limit would have kept the request waiting, in milliseconds. */
	waitMs?: number;
	/** How many times the request was sent. */
	attempts: number;
	/** The answer came with a good status, but could not be read. */
	unreadable?: boolean;
	/** It was sent without the credential, so that a refusal says nothing about it. */
	unauthenticated?: boolean;
	/** An earlier run of the node sent this write; it was not sent again now. */
	earlierRun?: boolean;
}

/** Thrown where a vendor refuses one thing inside an answer with a good status, such as one record of a batch. */
export class RefusedError extends Error {
	/** @param advice what a person can do */
	constructor(
		readonly refusal: VendorError,
		readonly advice?: string,
	) {
		super(refusal.message ?? 'Refused');
	}
}

/** Thrown by the transport; the error builder turns it into words. */
export class RequestError extends Error {
	constructor(readonly ending: RequestEnding) {
		super(`The request ended as ${ending.outcome}`);
	}
}
