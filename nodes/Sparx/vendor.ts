import type { IDataObject } from 'n8n-workflow';
import { SparxApi } from '../../credentials/SparxApi.credentials';
import { attempt } from '../shared/attempt';
import { statedRateLimit } from '../shared/credential/rateLimit';
import type { HttpResponse } from '../shared/transport/http';
import type { RateLimits, Vendor, VendorError } from '../shared/vendor';

interface ErrorBody {
	code?: string;
	message?: string;
	details?: unknown;
	request_id?: string;
}

/** `items.0.unitPrice: must be 0 or more`, for each problem that the details list. */
function detailsInWords(details: unknown): string | undefined {
	if (!Array.isArray(details) || details.length === 0) return undefined;
	const problems = (details as IDataObject[]).map(({ path, field, message }) =>
		[path || field, message].filter(Boolean).join(': '),
	);
	return problems.join('; ');
}

/** Whether a refusal means that a module of the tenant is off, which comes as 403 or as 404. */
function isModuleOff({ code }: ErrorBody): boolean {
	return code?.toLowerCase() === 'module_disabled';
}

/** A missing record has details that name it; a missing route says `Route GET /v1/orders not found.` without any. */
function isRouteMissing(status: number, { message, details }: ErrorBody): boolean {
	return status === 404 && details === undefined && /^Route [A-Z]+ /.test(message ?? '');
}

function errorIn(body: unknown): ErrorBody {
	return ((body as IDataObject | null)?.error as ErrorBody | undefined) ?? {};
}

/** GraphQL tells of errors in a list of its own, under any status. */
function graphqlErrorsIn(body: unknown): string | undefined {
	const { errors } = (body ?? {}) as { errors?: IDataObject[] };
	return Array.isArray(errors) ? errors.map(({ message }) => String(message)).join('; ') : undefined;
}

function moduleOffWords({ details }: ErrorBody): VendorError['words'] {
	const module = (details as IDataObject | undefined)?.module;
	const name = typeof module === 'string' ? module : 'CRM';
	return {
		message: `The ${name === 'crm' ? 'CRM' : name} module of this Sparx account is not active`,
		description: 'Have the module activated in Sparx. It can take a minute until the API knows of it.',
	};
}

function readError(body: unknown, { status, headers }: HttpResponse): VendorError {
	const error = errorIn(body);
	const said = [error.message, detailsInWords(error.details)].filter(Boolean).join(' ');
	const read: VendorError = {
		message: said || graphqlErrorsIn(body),
		code: error.code,
		requestId: error.request_id ?? headers['x-request-id'],
	};
	if (isModuleOff(error)) return { ...read, words: moduleOffWords(error) };
	if (!isRouteMissing(status, error)) return read;
	return {
		...read,
		words: {
			message: `This Sparx server does not have this: ${said}`,
			description:
				'There are several versions of Sparx, and the one at this address does not have this operation. Nothing was carried out. Check the Base URL in the credential; if it is right, this has to wait until Sparx brings the newer version.',
		},
	};
}

/** No figure is published; an account that knows its own states it in the credential. */
function rateLimits(credential: IDataObject): RateLimits {
	const stated = statedRateLimit(credential);
	return { general: stated ? [stated] : [] };
}

/**
 * Everything the transport has to know about Sparx: docs/vendors/sparx.md, Errors, Rate limits and Builds.
 */
export const sparx: Vendor = {
	name: 'Sparx',
	platform: 'sparx',
	credential: new SparxApi(),
	credentialNoun: 'API key',
	identity: ({ apiKey }) => [String(apiKey)],
	rateLimits,
	readError,
	// Build A refuses for the rate limit with an anonymous 500. Other 500s say that something of the limit is left.
	isRateLimit: ({ status, headers }) =>
		status === 500 &&
		headers['retry-after'] !== undefined &&
		Number(headers['x-ratelimit-remaining'] ?? NaN) === 0,
	// Build B has orders at /orders, and nothing at the old address; build A the other way round.
	movedPaths: {
		paths: [[['orders'], ['crm', 'orders']]],
		isMissingRoute: ({ status, body }) => {
			const json = attempt(() => JSON.parse(body) as unknown);
			return json.ok && isRouteMissing(status, errorIn(json.value));
		},
	},
	whereToLook:
		'Look in Sparx before you run this item again. Sparx also answers 500 when an order number, an email or a payment reference is taken already, or when a product ID is unknown.',
};
