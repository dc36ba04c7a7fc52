import type { IDataObject } from 'n8n-workflow';
import { LeadConduitApi } from '../../credentials/LeadConduitApi.credentials';
import { statedRateLimit } from '../shared/credential/rateLimit';
import { BASE_URLS } from './addresses';
import type { HttpResponse } from '../shared/transport/http';
import type { RateLimits, Vendor, VendorError } from '../shared/vendor';

/** By the vendor's own figures, both at once (docs/vendors/leadconduit.md#rate-limits). */
const HOUR = { limit: 1000, windowMs: 3_600_000 };
const MINUTE = { limit: 100, windowMs: 60_000 };

function baseUrl({ environment, baseUrl: custom }: IDataObject): string {
	return BASE_URLS[environment as keyof typeof BASE_URLS] ?? String(custom ?? '');
}

/** An account that has been given other figures states them in the credential. */
function rateLimits(credential: IDataObject): RateLimits {
	const { limitRate, burstLimitRequests, burstLimitSeconds } = credential;
	const burst = { limitRate, rateLimitRequests: burstLimitRequests, rateLimitSeconds: burstLimitSeconds };
	return { general: [statedRateLimit(credential) ?? HOUR, statedRateLimit(burst) ?? MINUTE] };
}

interface ErrorDetail {
	field?: string;
	code?: string;
	message?: string;
}

function readDetail({ field, code, message }: ErrorDetail): string {
	const said = message ?? code ?? 'not accepted';
	return field && !said.includes(field) ? `${field}: ${said}` : said;
}

const OTHER_DIALECT: NonNullable<VendorError['words']> = {
	message: 'LeadConduit did not accept the API key, in the way of its other API',
	description:
		'If the key is of account.activeprospect.com, use the ActiveProspect node and the credential "ActiveProspect API". Otherwise check the API key in the credential "LeadConduit API".',
};

const NO_SUCH_ADDRESS: NonNullable<VendorError['words']> = {
	message: 'There is no LeadConduit API with /api/v1 at this address',
	description:
		'If the key is of account.activeprospect.com, use the ActiveProspect node and the credential "ActiveProspect API". Otherwise check Environment and Base URL in the credential "LeadConduit API".',
};

/** A 404 that names no record: no such request is known there, as at the other API's address. */
const UNKNOWN_REQUEST = /^(not found|no such endpoint|cannot (get|post|put)\b.*)\.?$/i;

/** What smells of the other API; its 401 is flat, in the words of HTTP Basic (docs/vendors/activeprospect.md#errors). */
function otherDialect(body: unknown, status: number): VendorError['words'] {
	const error = typeof body === 'string' ? body : (body as IDataObject | null)?.error;
	if (status === 401 && (error === 'authentication failed' || error === 'not authorized'))
		return OTHER_DIALECT;
	const isUnknown = typeof error === 'string' && UNKNOWN_REQUEST.test(error.trim());
	return status === 404 && isUnknown ? NO_SUCH_ADDRESS : undefined;
}

/** An object with details field by field, or a flat text (docs/vendors/leadconduit.md#errors). */
function readError(body: unknown, { status }: HttpResponse): VendorError {
	const words = otherDialect(body, status);
	if (words) return { words };
	if (typeof body !== 'object' || body === null)
		return { message: typeof body === 'string' ? body : undefined };
	const { error } = body as IDataObject;
	if (typeof error !== 'object' || error === null)
		return { message: typeof error === 'string' ? error : undefined };
	const { message, code, details, request_id: requestId } = error as IDataObject;
	const listed = Array.isArray(details) ? (details as ErrorDetail[]).map(readDetail) : [];
	return {
		message: [message, listed.join('; ')].filter(Boolean).join(': ') || undefined,
		code: code as string | undefined,
		requestId: requestId as string | undefined,
	};
}

/** Everything the transport has to know about LeadConduit (docs/vendors/leadconduit.md). */
export const leadConduit: Vendor = {
	name: 'LeadConduit',
	platform: 'leadconduit',
	credential: new LeadConduitApi(),
	credentialNoun: 'API key',
	identity: ({ apiKey }) => [String(apiKey)],
	baseUrl,
	rateLimits,
	readError,
	whereToLook:
		'Search for the lead in LeadConduit before you submit it again: it may have been taken, and paid for.',
};
