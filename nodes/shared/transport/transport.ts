import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { attemptAsync } from '../attempt';
import { withoutUndefined } from '../data/values';
import { accountFor } from './account';
import { checkedBaseUrl, joinUrl } from './address';
import { systemClock } from '../clock';
import { hostHttpCall, type HttpRequest, type RequestContext } from './http';
import type { RunJournal } from './journal';
import { sendToMovedPath } from './movedPaths';
import { multipartBody, type FormField } from './multipart';
import type { Safety } from './outcome';
import type { RateLimit } from './rateLimit/rollingWindow';
import { RequestError } from './requestError';
import { requestLog } from './requestLog';
import { readBody, sendWithRetry, type Answer, type Sending } from './retry';
import { secretsOf } from './secrets';
import type { Vendor } from '../vendor';

/** A request as an operation states it. */
export interface RequestSpec {
	/** HTTP method. */
	method: IHttpRequestMethods;
	/** One of the vendor's `otherBaseUrls`, in place of its base URL. */
	server?: string;
	/** Below the base URL; each entry is one segment and is percent-encoded. */
	path: string[];
	/** Entries that are undefined are left out; arrays repeat the name. */
	query?: IDataObject;
	/** Sent as JSON. */
	body?: unknown;
	/** Sent as multipart/form-data, in place of `body`. */
	form?: FormField[];
	/** False for a request that goes without the credential, to an address that needs none. */
	authenticate?: boolean;
	/** Where it differs from the operation's own. */
	safety?: Safety;
	/** Limits that apply beside `general`. */
	limits?: string[];
	/** Requests of one account with the same turn are sent one after another, whichever execution they come from. */
	mutexKey?: string;
	/**
	 * Asked right before the request is sent: may it be? Not asked where an earlier try of this execution has sent it. Throws what the sender then gets in place of an answer.
	 */
	onlyIf?(): Promise<void>;
}

/** Sends one request and gives the answer's body; throws RequestError. */
export type Send = (spec: RequestSpec) => Promise<unknown>;

/** What one run of a node wants of its transport. */
export interface TransportOptions {
	/** Ends waiting and sending when the execution is stopped. */
	signal?: AbortSignal;
	/** Told of every wait for the rate limit, in milliseconds. */
	onWait?: (ms: number, limit?: RateLimit) => void;
	/** Told the headers of every good answer. */
	onHeaders?: (headers: Record<string, string>) => void;
}

/** Where the unsafe writes of one item are remembered. */
export interface ItemJournal {
	/** What the run has sent already. */
	journal: RunJournal;
	/** The input item that requests are sent for. */
	itemIndex: number;
}

/** How the requests of one operation are to be sent. */
export interface SenderOptions {
	/** Of the operation; a request may state its own. */
	safety: Safety;
	/** Limits that apply to each request beside `general`; a request may state its own. */
	limits?: string[];
	/** The longest a request may wait for the rate limit, in milliseconds. */
	maxWaitMs: number;
	/** In a workflow run: where unsafe writes are remembered. */
	item?: ItemJournal;
}

const TIMEOUT_MS = 60_000;

function contentOf(
	{ body, form }: RequestSpec,
	{ jsonContentType = 'application/json' }: Vendor,
): { type: string; content: string | Buffer } | undefined {
	if (form) {
		const { contentType, bytes } = multipartBody(form);
		return { type: contentType, content: bytes };
	}
	return body === undefined ? undefined : { type: jsonContentType, content: JSON.stringify(body) };
}

function httpRequest(baseUrl: string, spec: RequestSpec, vendor: Vendor): HttpRequest {
	const { method, path, query, authenticate } = spec;
	const sent = contentOf(spec, vendor);
	return {
		method,
		url: joinUrl(baseUrl, path),
		query: query && withoutUndefined(query),
		headers: { accept: 'application/json', ...(sent ? { 'content-type': sent.type } : {}) },
		body: sent?.content,
		timeoutMs: TIMEOUT_MS,
		authenticate,
	};
}

/** Whether a request that ended in this error may have been carried out all the same. */
function mayHaveArrived(error: unknown): error is RequestError {
	if (!(error instanceof RequestError)) return false;
	const { outcome, attempts } = error.ending;
	return outcome === 'ambiguous' || (outcome === 'cancelled' && attempts > 0);
}

/** Sends a write, and notes that something was done for the item, or may have been. */
async function writeNoted({ journal, itemIndex }: ItemJournal, send: () => Promise<Answer>): Promise<Answer> {
	const sent = await attemptAsync(send);
	if (sent.ok || mayHaveArrived(sent.error)) journal.noteWrite(itemIndex);
	if (sent.ok) return sent.value;
	throw sent.error;
}

/** Marks how a request without the credential ended, so that nobody is sent to look for the cause in the credential. */
async function unauthenticated(sending: Promise<Answer>): Promise<Answer> {
	const sent = await attemptAsync(async () => await sending);
	if (sent.ok) return sent.value;
	if (!(sent.error instanceof RequestError)) throw sent.error;
	throw new RequestError({ ...sent.error.ending, unauthenticated: true });
}

/** Sends an unsafe write, unless an earlier run of the node has sent it: then that one's ending counts. */
async function writeOnce(journal: RunJournal, write: string, send: () => Promise<Answer>): Promise<Answer> {
	const earlier = journal.recall(write);
	if (earlier && 'response' in earlier)
		return { response: earlier.response, data: readBody(earlier.response) };
	if (earlier) throw earlier.ambiguity;
	const sent = await attemptAsync(send);
	if (sent.ok) {
		journal.remember(write, { response: sent.value.response });
		return sent.value;
	}
	if (mayHaveArrived(sent.error)) {
		journal.remember(write, {
			ambiguity: new RequestError({ ...sent.error.ending, outcome: 'ambiguous', earlierRun: true }),
		});
	}
	throw sent.error;
}

/** The way from one node to its vendor: address, credential, rate limit, retries. */
export interface Transport {
	/** Decrypted. */
	credential: IDataObject;
	/** Its secrets, for keeping them out of texts. */
	secrets: string[];
	/** What sends requests for one item, or for the whole run. */
	sender(options: SenderOptions): Send;
}

/**
 * Opens the way to a vendor with the credential that is set on the node.
 * @throws UserError when the credential's base URL is not acceptable
 */
export async function openTransport(
	context: RequestContext,
	vendor: Vendor,
	{ signal, onWait, onHeaders }: TransportOptions = {},
): Promise<Transport> {
	const credential = (await context.getCredentials(vendor.credential.name)) as IDataObject;
	const baseUrl = checkedBaseUrl(vendor.baseUrl?.(credential) ?? String(credential.baseUrl ?? ''));
	const identity = [vendor.name, new URL(baseUrl).host, ...vendor.identity(credential)];
	const rateLimits = vendor.rateLimits(credential);
	const addressOf = ({ server }: RequestSpec): string =>
		server === undefined ? baseUrl : checkedBaseUrl(String(vendor.otherBaseUrls?.(credential)[server] ?? ''));
	const account = accountFor(identity, rateLimits, systemClock);
	const http = hostHttpCall(context, vendor.credential.name, signal);
	const shared = { http, account, clock: systemClock, signal, onWait, isRateLimit: vendor.isRateLimit };

	const announced = async (answering: Promise<Answer>): Promise<unknown> => {
		const answer = await answering;
		onHeaders?.(answer.response.headers);
		return answer.data;
	};

	const secrets = secretsOf(vendor.credential, credential);

	return {
		credential,
		secrets,
		sender: ({ safety: ownSafety, limits: ownLimits = [], maxWaitMs, item }) => {
			const timesSent = new Map<string, number>();
			return async (spec) => {
				const { safety = ownSafety, limits = ownLimits, mutexKey: turn } = spec;
				const request = httpRequest(addressOf(spec), spec, vendor);
				const unknown = limits.find((name) => !(name in rateLimits));
				if (unknown !== undefined) throw new Error(`${vendor.name} has no rate limit "${unknown}"`);
				const about = { method: spec.method, path: spec.path, itemIndex: item?.itemIndex };
				const log = requestLog(context, secrets, about);
				const sending: Sending = { ...shared, safety, limits: ['general', ...limits], maxWaitMs, log };
				const send = async (): Promise<Answer> => {
					await spec.onlyIf?.();
					const sendAt = async (path: string[]): Promise<Answer> =>
						await sendWithRetry(httpRequest(addressOf(spec), { ...spec, path }, vendor), sending);
					const sendNow = async (): Promise<Answer> => {
						const answering = sendToMovedPath(baseUrl, spec.path, vendor.movedPaths, sendAt);
						return request.authenticate === false ? await unauthenticated(answering) : await answering;
					};
					return turn === undefined ? await sendNow() : await account.mutex.runExclusive(turn, sendNow);
				};
				if (!item || safety === 'safe') return await announced(send());
				if (safety === 'idempotent') return await announced(writeNoted(item, send));

				// The body is no part of it: an expression such as {{ $now }} gives another one in the next run.
				const write = `${item.itemIndex} ${request.method} ${request.url}`;
				const time = (timesSent.get(write) ?? 0) + 1;
				timesSent.set(write, time);
				const once = async (): Promise<Answer> => await writeOnce(item.journal, `${write} ${time}`, send);
				return await announced(writeNoted(item, once));
			};
		},
	};
}
