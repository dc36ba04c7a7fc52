import type { IDataObject } from 'n8n-workflow';
import { SparkLoopApi } from '../../credentials/SparkLoopApi.credentials';
import { statedRateLimit } from '../shared/credential/rateLimit';
import type { RateLimits, Vendor, VendorError } from '../shared/vendor';

/**
 * Per API key, in any 60 seconds; the answers carry no headers that tell how much is left
 * (docs/vendors/sparkloop.md#rate-limits).
 */
const DOCUMENTED_LIMIT = { limit: 60, windowMs: 60_000 };

function rateLimits(credential: IDataObject): RateLimits {
	return { general: [statedRateLimit(credential) ?? DOCUMENTED_LIMIT] };
}

/**
 * Errors are `{"error": "text"}` without code or request ID (docs/vendors/sparkloop.md#errors); a body that is no JSON
 * is the text itself.
 */
function readError(body: unknown): VendorError {
	const error = typeof body === 'object' && body !== null ? (body as IDataObject).error : body;
	return typeof error === 'string' ? { message: error } : {};
}

/** Everything the transport has to know about SparkLoop (docs/vendors/sparkloop.md). */
export const sparkLoop: Vendor = {
	name: 'SparkLoop',
	platform: 'sparkloop',
	credential: new SparkLoopApi(),
	credentialNoun: 'API key',
	identity: ({ apiKey }) => [String(apiKey)],
	rateLimits,
	// As the reference says for POST and PUT (docs/vendors/sparkloop.md).
	jsonContentType: 'application/json; charset=utf-8',
	readError,
	whereToLook: 'Look at the record in SparkLoop before you run this item again.',
};
