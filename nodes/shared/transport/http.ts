import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

/** One HTTP request, ready to send: the address is complete, the body is text or bytes. */
export interface HttpRequest {
	/** HTTP method. */
	method: IHttpRequestMethods;
	/** Absolute, already guarded, without the query. */
	url: string;
	/** To be percent-encoded; arrays repeat the name. */
	query?: IDataObject;
	/** Header values by name. */
	headers: Record<string, string>;
	/** Sent as it is; undefined for no body. */
	body?: string | Buffer;
	/** How long to wait for an answer, in ms. */
	timeoutMs: number;
	/** False where the credential is not to be added to it. */
	authenticate?: boolean;
}

/** What came back, whatever its status. Header names are lower case. */
export interface HttpResponse {
	/** HTTP status. */
	status: number;
	/** Header values by name. */
	headers: Record<string, string>;
	/** The answer's body as text, whatever its type. */
	body: string;
}

/** Sends one request once. Resolves for every status; rejects only when no whole answer arrived. */
export type HttpCall = (request: HttpRequest) => Promise<HttpResponse>;

/** Every n8n context that may talk to a vendor. */
export type RequestContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| IWebhookFunctions;

interface FullResponse {
	statusCode: number;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
}

function plainHeaders(headers: FullResponse['headers']): Record<string, string> {
	const plain: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (value !== undefined)
			plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
	}
	return plain;
}

/**
 * The host's own HTTP helpers as an `HttpCall`: they bring n8n's proxy and egress guard, and add the credential where
 * it is wanted. Statuses never throw (a thrown 401 would be sent a second time by the helper), redirects are not
 * followed (they could carry the credential to another origin), and the body stays text until we read it.
 * @param signal ends a request that carries no credential; for the others n8n does it by itself
 */
export function hostHttpCall(
	context: RequestContext,
	credentialType: string,
	signal?: AbortSignal,
): HttpCall {
	return async ({ method, url, query, headers, body, timeoutMs, authenticate = true }) => {
		const options: IHttpRequestOptions = {
			method,
			url,
			qs: query,
			arrayFormat: 'repeat',
			headers,
			body,
			timeout: timeoutMs,
			encoding: 'text',
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		};
		const { helpers } = context;
		const response = (
			authenticate
				? await helpers.httpRequestWithAuthentication.call(context, credentialType, options)
				: await helpers.httpRequest({ ...options, abortSignal: signal })
		) as FullResponse;
		return {
			status: response.statusCode,
			headers: plainHeaders(response.headers),
			body: typeof response.body === 'string' ? response.body : '',
		};
	};
}
