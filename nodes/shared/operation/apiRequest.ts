import type { IHttpRequestMethods } from 'n8n-workflow';
import { z } from 'zod';
import { attempt } from '../attempt';
import { isPathSegment } from '../transport/address';
import type { Safety } from '../transport/outcome';
import { operation, type ListReading, type Operation, type Resource } from './operation';

/** What HTTP itself promises of a method; of an undocumented request nothing more is known. */
const SAFETY_OF_METHOD: Record<string, Safety> = {
	GET: 'safe',
	PUT: 'idempotent',
	DELETE: 'idempotent',
	PATCH: 'nonIdempotent',
	POST: 'nonIdempotent',
};

const METHODS = Object.keys(SAFETY_OF_METHOD).sort();

/** `/leads/a%2Fb` as the segments that the transport encodes again; a query belongs in its own field. */
const path = z
	.string()
	.trim()
	.refine((value) => !/[?#]/.test(value), {
		message: 'must not hold a query (?) or fragment (#): use the field Query',
	})
	.refine((value) => !/^[a-z]+:/i.test(value), {
		message: 'must be a path below the base URL, not a whole address',
	})
	.transform((value) =>
		value
			.replace(/^\/+|\/+$/g, '')
			.split('/')
			.map(decodedSegment),
	)
	.refine((segments) => segments.every((segment) => segment !== undefined && isPathSegment(segment)), {
		message: 'must be a path such as /leads/search, without empty segments or dots in place of one',
	})
	.transform((segments) => segments as string[]);

function decodedSegment(segment: string): string | undefined {
	const decoded = attempt(() => decodeURIComponent(segment));
	return decoded.ok ? decoded.value : undefined;
}

/** What a person asks for. */
export interface ApiRequest {
	/** HTTP method, in capitals. */
	method: string;
	/** Segments under the base URL, not yet encoded. */
	path: string[];
	/** Query parameters by name. */
	query: Record<string, unknown>;
	/** What is sent as JSON; undefined for no body. */
	body?: unknown;
}

const send = operation<ApiRequest>({
	name: 'Send',
	value: 'send',
	action: 'Send API request',
	description:
		'Send any request to the API, with the same care for rate limits, retries and errors as every other operation',
	fields: [
		{
			displayName: 'Method',
			name: 'method',
			type: 'options',
			options: METHODS.map((method) => ({ name: method, value: method })),
			default: 'GET',
			description:
				'GET, PUT and DELETE are tried again after a broken connection; POST and PATCH are not, since they may have arrived',
		},
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. /leads/search',
			description: 'Below the base URL of the credential',
		},
		{
			displayName: 'Query',
			name: 'query',
			type: 'json',
			default: '{}',
			description: 'An object of query parameters',
		},
		{
			displayName: 'Body',
			name: 'body',
			type: 'json',
			default: '{}',
			description: 'Sent as JSON',
			displayOptions: { hide: { method: ['GET'] } },
		},
	],
	input: z.object({
		method: z.enum(METHODS as [string, ...string[]]),
		path,
		query: z.record(z.unknown()).default({}),
		body: z.unknown(),
	}),
	safety: 'nonIdempotent',
	request: ({ method, path: segments, query, body }) => ({
		method: method as IHttpRequestMethods,
		path: segments,
		query: query as Record<string, string>,
		body: method === 'GET' ? undefined : body,
		safety: SAFETY_OF_METHOD[method],
	}),
});

/** Reads any list of a vendor that has one way of paging for all of them. */
function getMany(list: ListReading<ApiRequest>): Operation {
	const [, ...withoutMethod] = send.fields;
	return operation<ApiRequest>({
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many records by API request',
		description: 'Read a list page by page, for what has no operation of its own yet',
		fields: withoutMethod.filter(({ name }) => name !== 'body'),
		input: z.object({
			method: z.literal('GET').default('GET'),
			path,
			query: z.record(z.unknown()).default({}),
		}),
		safety: 'safe',
		list,
	});
}

/**
 * What every vendor has beside its own resources: any request, for what its node does not offer yet.
 * @param list how the vendor's lists are read, where all are read in one way
 */
export function apiRequest(list?: ListReading<ApiRequest>): Resource {
	return {
		name: 'API Request',
		value: 'apiRequest',
		operations: [send, ...(list ? [getMany(list)] : [])],
	};
}
