import type { INode } from 'n8n-workflow';
import { attempt } from '../attempt';
import type { Vendor, VendorError } from '../vendor';
import { innermostMessage, isBlockedByHost, isTlsFailure, transportCode } from './outcome';
import type { RequestEnding } from './requestError';
import { withoutSecrets } from './secrets';

/** Enough of a vendor's message to understand it; some send whole pages. */
const LONGEST_VENDOR_TEXT = 500;

/** A web page, or a piece of one. `<EOF>` and `<name@example.com>` are words of a message. */
const HTML = /^\s*<(!doctype|html|head|body|\?xml)\b|<\/[a-z][a-z0-9]*\s*>|<[a-z]+\s*\/>/i;

/** What the builder has to know beside how the request ended. */
export interface ErrorSource {
	/** The node that the error is shown at. */
	node: INode;
	/** Whose words the error is in. */
	vendor: Vendor;
	/** To be kept out of the text. */
	secrets: string[];
	/** What was attempted, as the UI names it, e.g. "Create lead". */
	action: string;
	/** What to do about a status, where there is something special to say. */
	advice?: Record<number, string>;
	/** The input item that it is about; undefined where it is about the whole run. */
	itemIndex?: number;
}

/** What happened, and what to do. */
export interface Words {
	/** What happened, with the vendor's own words. */
	message: string;
	/** What to do. */
	description: string;
}

function parsed(body: string): unknown {
	const json = attempt(() => JSON.parse(body) as unknown);
	return json.ok ? json.value : body;
}

/** A vendor's text fit to be shown: no markup, no control characters, no secret, not endless. */
export function presentable(text: string | undefined, secrets: string[]): string | undefined {
	if (!text || HTML.test(text)) return undefined;
	const line = withoutSecrets(text, secrets).replace(/\s+/g, ' ').trim();
	if (line === '') return undefined;
	return line.length > LONGEST_VENDOR_TEXT ? `${line.slice(0, LONGEST_VENDOR_TEXT)}…` : line;
}

/** What the vendor says in the answer that a request ended with, fit to be shown. */
export function readVendorError({ response }: RequestEnding, { vendor, secrets }: ErrorSource): VendorError {
	if (!response) return {};
	const { message, code, requestId, ...rest } = vendor.readError(parsed(response.body), response);
	return {
		...rest,
		message: presentable(message, secrets),
		code: presentable(code, secrets),
		requestId: presentable(requestId, secrets),
	};
}

/** What somebody says as the end of a sentence of ours, which has no full stop of its own. */
export function saying(text: string | undefined): string {
	return text ? `: ${text.trim().replace(/(?<!\.)\.$/, '')}` : '';
}

function seconds(ms: number): string {
	const whole = Math.ceil(ms / 1000);
	return whole === 1 ? '1 second' : `${whole} seconds`;
}

function ofAnswer(status: number, said: string, vendor: Vendor): Words {
	const { name, credential, credentialNoun } = vendor;
	const inCredential = `the credential "${credential.displayName}"`;
	const words: Record<number, Words> = {
		401: {
			message: `${name} did not accept the ${credentialNoun}${said}`,
			description: `Check the ${credentialNoun} in ${inCredential}: what stands there may have been typed wrongly, revoked, or belong to another environment.`,
		},
		403: {
			message: `${name} does not allow this ${credentialNoun} to do this${said}`,
			description: `Use a credential with the right to do it, or check in ${name} whether the record belongs to this account.`,
		},
		404: {
			message: `${name} could not find the record${said}`,
			description: `Check the ID. The record may have been deleted, or belong to another account.`,
		},
		409: {
			message: `${name} could not do this with the record as it stands${said}`,
			description:
				'It conflicts with the present state of the record. Read the record, then decide; the same request will be refused again.',
		},
		429: {
			message: `${name} kept refusing the request because of its rate limit${said}`,
			description: `Others may be using the same limit. Try again later, or state a lower rate limit in ${inCredential}.`,
		},
	};
	return words[status] ?? ofOtherAnswer(status, said, vendor);
}

function ofOtherAnswer(status: number, said: string, { name, credential, credentialNoun }: Vendor): Words {
	if (status >= 300 && status < 400) {
		return {
			message: `${name} answered with a redirect, which is not followed${said}`,
			description: `Check the Base URL in the credential "${credential.displayName}": the ${credentialNoun} must not go to another address.`,
		};
	}
	return {
		message: `${name} did not accept the request${said}`,
		description: 'Check the values of this item.',
	};
}

function ofAmbiguity(ending: RequestEnding, said: string, { vendor, action }: ErrorSource): Words {
	const { response, unreadable, earlierRun, cause } = ending;
	const how = unreadable
		? `its answer could not be read`
		: response
			? `it answered with status ${response.status}${said}`
			: `the connection broke before its answer arrived (${transportCode(cause) ?? 'no answer'})`;
	return {
		message: `${vendor.name} may have received "${action}", but it is not certain`,
		description: `${how[0].toUpperCase()}${how.slice(1)}. ${
			earlierRun ? 'This was in an earlier try of this execution. ' : ''
		}It was not sent again, so that nothing is done twice. ${vendor.whereToLook}`,
	};
}

/** For a request that ended before any answer, in a way that another try would not change. */
function ofFailure({ cause }: RequestEnding, { vendor, secrets }: ErrorSource): Words {
	const { name } = vendor;
	const credentialName = vendor.credential.displayName;
	const code = transportCode(cause);
	if (isBlockedByHost(cause)) {
		return {
			message: `This n8n does not let requests through to ${name}`,
			description: `Check the Base URL in the credential "${credentialName}" and the network rules of this n8n.`,
		};
	}
	if (isTlsFailure(cause)) {
		return {
			message: `No safe connection to ${name} could be made`,
			description: `${code}. Check the Base URL in the credential "${credentialName}" and the certificate of that address.`,
		};
	}
	const reason = presentable(innermostMessage(cause), secrets);
	return {
		message: `The request to ${name} could not be carried out${saying(reason)}`,
		description: `n8n gave no answer of ${name}. If it happens again, report it with this message${code ? ` (${code})` : ''}.`,
	};
}

/** How a request ended, in words. */
export function wordsFor(ending: RequestEnding, vendorError: VendorError, source: ErrorSource): Words {
	const { vendor } = source;
	const { outcome, safety, response, waitMs, cause, unreadable } = ending;
	const said = saying(vendorError.message);
	const code = transportCode(cause);

	if (waitMs !== undefined) {
		return {
			message: `The rate limit of ${vendor.name} would keep this request waiting for ${seconds(waitMs)}`,
			description: 'That is longer than the option Max Wait allows. Raise it, or send fewer items at a time.',
		};
	}
	// n8n tells a canceled execution from a failed one by this spelling.
	if (outcome === 'cancelled')
		return { message: 'The execution was canceled', description: 'Nothing more was sent.' };
	if (outcome === 'ambiguous' && safety === 'nonIdempotent') return ofAmbiguity(ending, said, source);
	if (outcome === 'ambiguous') {
		return {
			message: unreadable
				? `The answer of ${vendor.name} could not be read`
				: response
					? `${vendor.name} could not handle the request${said}`
					: `The connection to ${vendor.name} broke before its answer arrived`,
			description: `It was tried ${ending.attempts === 1 ? 'once' : `${ending.attempts} times`}${code ? ` (${code})` : ''}. Try again later.`,
		};
	}
	if (outcome === 'notSent') {
		return {
			message: `${vendor.name} could not be reached`,
			description: `Nothing was sent (${code ?? 'no connection'}). Check the Base URL in the credential "${vendor.credential.displayName}" and the network of this n8n, then try again.`,
		};
	}
	if (!response) return ofFailure(ending, source);
	if (vendorError.words) return vendorError.words;
	const words = ending.unauthenticated
		? ofOtherAnswer(response.status, said, vendor)
		: ofAnswer(response.status, said, vendor);
	return { ...words, description: source.advice?.[response.status] ?? words.description };
}
