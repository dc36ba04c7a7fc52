import type { IDataObject } from 'n8n-workflow';
import { SparxApi } from '../../credentials/SparxApi.credentials';
import { statedRateLimit } from '../shared/credential/rateLimit';
import type { HttpResponse } from '../shared/transport/http';
import type { RateLimits, Vendor, VendorError } from '../shared/transport/vendor';

interface ErrorBody {
	code?: string;
	message?: string;
	details?: unknown;
	request_id?: string;
}

/** `items.0.unitPrice: must be 0 or more`, for each problem that the details list (contract section 2). */
function detailsInWords(details: unknown): string | undefined {
	if (!Array.isArray(details) || details.length === 0) return undefined;
	const problems = (details as IDataObject[]).map(({ path, field, message }) =>
		[path || field, message].filter(Boolean).join(': '),
	);
	return problems.join('; ');
}

/** Whether a refusal means that a module of the tenant is off, which comes as 403 or as 404 (contract section 2). */
function isModuleOff({ code }: ErrorBody): boolean {
	return code?.toLowerCase() === 'module_disabled';
}

function readError(body: unknown, { headers }: HttpResponse): VendorError {
	const error: ErrorBody = ((body as IDataObject | null)?.error as ErrorBody | undefined) ?? {};
	const read: VendorError = {
		message: [error.message, detailsInWords(error.details)].filter(Boolean).join(' '),
		code: error.code,
		requestId: error.request_id ?? headers['x-request-id'],
	};
	if (!isModuleOff(error)) return read;
	return {
		...read,
		words: {
			message: 'Orders and customers are switched off for this Sparx account: its CRM module is not active',
			description: 'Have the module activated in Sparx. It can take a minute until the API knows of it.',
		},
	};
}

/** No figure is published (contract section 5); an account that knows its own states it in the credential. */
function rateLimits(credential: IDataObject): RateLimits {
	const stated = statedRateLimit(credential);
	return { general: stated ? [stated] : [] };
}

/** Everything the transport has to know about Sparx (contract sections 1, 2 and 5). */
export const sparx: Vendor = {
	name: 'Sparx',
	platform: 'sparx',
	credential: new SparxApi(),
	credentialNoun: 'API key',
	identity: ({ apiKey }) => [String(apiKey)],
	rateLimits,
	readError,
	// A refusal for the rate limit was seen as an anonymous 500; other 500s had no such header (contract section 5).
	isRateLimit: ({ status, headers }) => status === 500 && headers['retry-after'] !== undefined,
	whereToLook:
		'Look in Sparx before you run this item again. Sparx also answers 500 when an order number, an email or a payment reference is taken already, or when a product ID is unknown.',
};
