import type { IncomingMessage, ServerResponse } from 'node:http';
import { jsonParse } from 'n8n-workflow';

/** What n8n answers instead of running the node when the body does not parse as its content type says. */
export class UnparsableBody extends Error {}

/**
 * The request as n8n's body parser hands it to a node of a version above 1 (n8n 2.40.7, webhooks/webhook-helpers.js and
 * middlewares/body-parser.js): it has read the body of the kinds it parses, lets the node read others, and has used up
 * the stream of a form with files.
 */
export function expressRequest(message: IncomingMessage, bytes: Buffer, query: unknown) {
	const contentType = message.headers['content-type']?.split(';')[0].toLowerCase();
	const request: IncomingMessage & { rawBody?: Buffer; readRawBody(): Promise<void> } = Object.assign(
		message,
		{
			contentType,
			params: {},
			query,
			body: parseBody(bytes, contentType),
			rawBody: PARSED.test(contentType ?? '') ? bytes : undefined,
			readRawBody: async () => {
				if (contentType?.startsWith('multipart/')) throw new Error('stream is not readable');
				request.rawBody = bytes;
			},
		},
	);
	return request;
}

/** The kinds of content that n8n reads before the node runs. */
const PARSED = /^application\/(json|x-www-form-urlencoded)|^text\/plain|[/+]xml$/;

function parseBody(rawBody: Buffer, contentType = ''): unknown {
	const text = rawBody.toString().replace(/^\uFEFF/, '');
	if (text === '') return {};
	if (contentType === 'application/x-www-form-urlencoded')
		return Object.fromEntries(new URLSearchParams(text));
	if (contentType === 'text/plain') return text;
	if (contentType !== 'application/json') return {};
	try {
		return jsonParse<unknown>(text);
	} catch (error) {
		throw new UnparsableBody((error as Error).message);
	}
}

/** Gives a plain Node response those of Express' methods that triggers use. */
export function expressResponse(response: ServerResponse) {
	const express = Object.assign(response, {
		status(code: number) {
			response.statusCode = code;
			return express;
		},
		set(name: string, value: string) {
			response.setHeader(name, value);
			return express;
		},
		json(body: unknown) {
			response.setHeader('content-type', 'application/json; charset=utf-8');
			response.end(JSON.stringify(body));
			return express;
		},
		send(body?: unknown) {
			if (typeof body === 'object' && body !== null && !Buffer.isBuffer(body)) return express.json(body);
			if (!response.hasHeader('content-type')) response.setHeader('content-type', 'text/html; charset=utf-8');
			response.end(body);
			return express;
		},
		sendStatus(code: number) {
			return express.status(code).send(String(code));
		},
	});
	return express;
}

export type ExpressResponse = ReturnType<typeof expressResponse>;
