import { createHmac } from 'node:crypto';
import { z } from 'zod';

/** How a receiver can tell that a delivery is genuine. */
export const authenticationSchema = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('none') }).strict(),
	/** A fixed value in a header: a bearer (`authorization`, `Bearer ...`) or any other. */
	z.object({ kind: z.literal('header'), name: z.string().min(1), value: z.string().min(1) }).strict(),
	z.object({ kind: z.literal('query'), name: z.string().min(1), value: z.string().min(1) }).strict(),
	/** HMAC-SHA256 over the raw body. */
	z
		.object({
			kind: z.literal('hmac'),
			header: z.string().min(1),
			secret: z.string().min(1),
			encoding: z.enum(['hex', 'base64']).default('hex'),
			prefix: z.string().default(''),
		})
		.strict(),
	/** The same over the JSON object without this member, which then becomes its last one. */
	z
		.object({
			kind: z.literal('body-hmac'),
			member: z.string().min(1),
			secret: z.string().min(1),
			prefix: z.string().default(''),
		})
		.strict(),
]);

export type Authentication = z.output<typeof authenticationSchema>;

/** One HTTP delivery, complete. */
export interface DeliveryRequest {
	url: string;
	headers: Record<string, string>;
	body: string;
}

/** The request with what proves it genuine added to its headers or URL. */
export function authenticate(request: DeliveryRequest, authentication: Authentication): DeliveryRequest {
	switch (authentication.kind) {
		case 'none':
			return request;
		case 'header':
			return withHeader(request, authentication.name, authentication.value);
		case 'query': {
			const url = new URL(request.url);
			url.searchParams.set(authentication.name, authentication.value);
			return { ...request, url: url.href };
		}
		case 'hmac': {
			const { header, secret, encoding, prefix } = authentication;
			const digest = createHmac('sha256', secret).update(request.body).digest(encoding);
			return withHeader(request, header, prefix + digest);
		}
		case 'body-hmac': {
			const { member, secret, prefix } = authentication;
			const digest = createHmac('sha256', secret).update(request.body).digest('hex');
			return withMember(request, member, prefix + digest);
		}
	}
}

const withHeader = (request: DeliveryRequest, name: string, value: string): DeliveryRequest => ({
	...request,
	headers: { ...request.headers, [name.toLowerCase()]: value },
});

const withMember = (request: DeliveryRequest, name: string, value: string): DeliveryRequest => ({
	...request,
	body: `${request.body.slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(value)}}`,
});

/** What someone would send who knows the form but not the secret. */
export function forge(authentication: Authentication): Authentication {
	switch (authentication.kind) {
		case 'none':
			return authentication;
		case 'hmac':
		case 'body-hmac':
			return { ...authentication, secret: `not ${authentication.secret}` };
		default:
			return { ...authentication, value: changeLastCharacter(authentication.value) };
	}
}

// The same length, so that a receiver that only compares lengths is found out.
const changeLastCharacter = (value: string) => value.slice(0, -1) + (value.endsWith('x') ? 'y' : 'x');

/** The same request with one digit of its body changed: still JSON, no longer what was signed. */
export function tamper(request: DeliveryRequest): DeliveryRequest {
	const body = request.body.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
	return { ...request, body };
}
