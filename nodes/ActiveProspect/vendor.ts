import type { IDataObject } from 'n8n-workflow';
import { ActiveProspectApi } from '../../credentials/ActiveProspectApi.credentials';
import { statedRateLimit } from '../shared/credential/rateLimit';
import type { HttpResponse } from '../shared/transport/http';
import type { Vendor, VendorError } from '../shared/vendor';
import { redact } from './redact';

/** The name of SuppressionList's address for requests (docs/vendors/activeprospect.md#suppression-lists). */
export const SUPPRESSION_LIST = 'suppressionList';

const OTHER_DIALECT: NonNullable<VendorError['words']> = {
	message: 'This address answers like the other LeadConduit API, with bearer keys and /api/v1',
	description:
		'Use the LeadConduit node and the credential "LeadConduit API" for it, or enter the Base URL without a path.',
};

const NOTHING_THERE: NonNullable<VendorError['words']> = {
	message: 'ActiveProspect knows no such record, or no such address',
	description:
		'Check the ID, and the Base URL in the credential "ActiveProspect API": it has no path. An account with bearer keys and /api/v1 needs the LeadConduit node and the credential "LeadConduit API".',
};

/** A 404 that names no record may be that of another server, such as the other API's. */
const NAMES_NOTHING = /^not found\.?$/i;

function textOf(value: unknown): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	return typeof value === 'string' ? value : JSON.stringify(redact({ value } as IDataObject).value);
}

/** The other dialect's errors are objects with a code (docs/vendors/leadconduit.md#errors). */
function isOfOtherDialect(error: unknown): boolean {
	return typeof error === 'object' && error !== null && 'code' in error;
}

/** In the order in which its parts say most (docs/vendors/activeprospect.md#errors). */
function readError(body: unknown, { status }: HttpResponse): VendorError {
	if (typeof body !== 'object' || body === null) return { message: textOf(body) };
	const { error, message, reason, errors } = body as IDataObject;
	if ((status === 401 || status === 404) && isOfOtherDialect(error)) return { words: OTHER_DIALECT };
	if (status === 404 && typeof error === 'string' && NAMES_NOTHING.test(error))
		return { words: NOTHING_THERE };
	return { message: [error, message, reason, errors].map(textOf).find(Boolean) };
}

/** Everything the transport has to know about ActiveProspect (docs/vendors/activeprospect.md). */
export const activeProspect: Vendor = {
	name: 'ActiveProspect',
	platform: 'activeprospect',
	credential: new ActiveProspectApi(),
	credentialNoun: 'API key',
	identity: ({ apiKey }) => [String(apiKey)],
	otherBaseUrls: ({ suppressionListUrl }) => ({
		[SUPPRESSION_LIST]: String(suppressionListUrl || 'https://app.suppressionlist.com'),
	}),
	redact,
	rateLimits: (credential) => {
		const stated = statedRateLimit(credential);
		return { general: stated ? [stated] : [] };
	},
	readError,
	whereToLook:
		'Look for it in LeadConduit before you send it again: it may have been processed, and billed. A lead is found by its reference with Lead > Search.',
};
