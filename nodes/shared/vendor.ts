import type { ICredentialType, IDataObject } from 'n8n-workflow';
import type { HttpResponse } from './transport/http';
import type { MovedPaths } from './transport/movedPaths';
import type { RateLimit } from './transport/rateLimit/rollingWindow';

/** What a vendor's error answer says, in its own words. */
export interface VendorError {
	/** What happened, in the vendor's words. */
	message?: string;
	/** The vendor's code of the error. */
	code?: string;
	/** What the vendor's support asks for. */
	requestId?: string;
	/** What happened and what to do, where the status by itself would be taken for something else. */
	words?: { message: string; description: string };
}

/** An account's limits by name; `general` applies to every request. */
export type RateLimits<Limit extends string = never> = Record<'general' | Limit, RateLimit[]>;

/**
 * Everything that the shared transport has to know about a vendor.
 * @typeParam Limit the names of the limits that single operations count towards beside `general`
 */
export interface Vendor<Limit extends string = never> {
	/** As people write it, e.g. in errors. */
	name: string;
	/** As it stands in the one lead shape. */
	platform: string;
	/**
	 * The credential type that its nodes need: an instance of the class in `credentials/`. It says how requests are
	 * authenticated; its fields with `password: true` are the secrets that must never stand in a text.
	 */
	credential: ICredentialType;
	/** What a person proves with it, as the vendor calls it: `API key`, `user name and password`. */
	credentialNoun: string;
	/** The address of the API, where it is not simply the credential's `baseUrl`. */
	baseUrl?(credential: IDataObject): string;
	/** Further addresses of the vendor that the credential is good for, by the name that a request states as `server`. */
	otherBaseUrls?(credential: IDataObject): Record<string, string>;
	/**
	 * Takes out of a record what must not stand in an output, such as keys that the vendor shows. Applied to outputs
	 * only: what is read to be written back stays whole.
	 */
	redact?(record: IDataObject): IDataObject;
	/**
	 * What tells apart those who have rate limits of their own: the values that requests sharing one limit have in
	 * common beside the vendor and the host, such as the API key. Kept as a hash only.
	 * @param credential the decrypted credential
	 */
	identity(credential: IDataObject): string[];
	/**
	 * The account's limits. `general` applies to every request; an operation may name others that apply beside it.
	 * @param credential the decrypted credential, where the account's own figures stand
	 */
	rateLimits(credential: IDataObject): RateLimits<Limit>;
	/** Reads an error answer; the body is what JSON parsing gave, or the text where it is no JSON. */
	readError(body: unknown, response: HttpResponse): VendorError;
	/** Answers that mean "rate limit" though their status is not 429. */
	isRateLimit?(response: HttpResponse): boolean;
	/** How the vendor wants JSON to be announced, where it is not `application/json`. */
	jsonContentType?: string;
	/** What stands at different addresses in different versions of the vendor's server. */
	movedPaths?: MovedPaths;
	/** Something the vendor wants people to know that it says in the headers of good answers. */
	notice?(headers: Record<string, string>): string | undefined;
	/** Where a person finds out whether an uncertain write has arrived. */
	whereToLook: string;
}
