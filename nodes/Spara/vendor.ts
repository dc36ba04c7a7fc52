import type { IDataObject } from 'n8n-workflow';
import { SparaApi } from '../../credentials/SparaApi.credentials';
import { statedRateLimit } from '../shared/credential/rateLimit';
import { firstText } from '../shared/data/values';
import type { RateLimits, Vendor, VendorError } from '../shared/vendor';

/** Outbound calls, by the vendor's own figure (docs/vendors/spara.md#rate-limits). */
const CALLS_PER_SECOND = 5;

/**
 * The shape of error bodies is not documented (docs/vendors/spara.md#errors): the usual places are looked at, then the
 * text itself.
 */
function readMessage(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null) return firstText(body);
	const { message, detail, error, errors } = body as IDataObject;
	const nested = (error ?? {}) as IDataObject;
	const listed = Array.isArray(errors)
		? errors
				.map((entry) => readMessage(entry))
				.filter(Boolean)
				.join('; ')
		: undefined;
	return firstText(message, nested.message, error, detail, listed);
}

function readError(body: unknown, { headers }: { headers: Record<string, string> }): VendorError {
	const { code, error } = (typeof body === 'object' && body !== null ? body : {}) as IDataObject;
	return {
		message: readMessage(body),
		code: firstText(code, (error as IDataObject | undefined)?.code),
		requestId: headers['x-request-id'],
	};
}

/**
 * No general limit is published (docs/vendors/spara.md#rate-limits); an account that knows its own states it in the
 * credential.
 */
function rateLimits(credential: IDataObject): RateLimits<'calls'> {
	const stated = statedRateLimit(credential);
	return {
		general: stated ? [stated] : [],
		calls: [{ limit: CALLS_PER_SECOND, windowMs: 1000 }],
	};
}

/** Everything the transport has to know about Spara (docs/vendors/spara.md). */
export const spara: Vendor<'calls'> = {
	name: 'Spara',
	platform: 'spara',
	credential: new SparaApi(),
	credentialNoun: 'API key',
	identity: ({ apiKey }) => [String(apiKey)],
	rateLimits,
	readError,
	whereToLook: 'Look at the lead in Spara before you run this item again.',
};
