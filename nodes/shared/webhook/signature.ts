import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

function digest(value: string): Buffer {
	return createHash('sha256').update(value).digest();
}

/** Compares two texts in a time that tells nothing about them, not even their lengths. */
export function isSameSecret(received: string, expected: string): boolean {
	return timingSafeEqual(digest(received), digest(expected));
}

/** A header as a list: n8n gives a text, or several when the header came more than once. */
export function headerValues(value: string | string[] | undefined): string[] {
	return value === undefined ? [] : [value].flat();
}

/** Whether a token is one of the secrets. Without a secret nothing is accepted. */
export function isKnownToken(received: string[], secrets: string[]): boolean {
	return received.some((token) => secrets.filter(Boolean).some((secret) => isSameSecret(token, secret)));
}

/** A delivery with its signature, and what it may be signed with. */
export interface HmacSignature {
	/** The bytes as they came; JSON that was parsed and written again is not what was signed. */
	rawBody: Buffer;
	/** The values of the signature's header; one value may hold several signatures, separated by commas or spaces. */
	received: string[];
	/** The current secret and, while it is being changed, the previous one. */
	secrets: string[];
	/** How the signature is written. */
	encoding: 'hex' | 'base64';
	/** What stands before the signature, e.g. `sha256=`; a signature without it is refused. */
	prefix?: string;
}

/** The signatures in a header's value: each stands behind the prefix and ends at a comma, a blank or the end. */
function signaturesIn(value: string, prefix: string): string[] {
	const literal = prefix.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	const signatures = value.matchAll(new RegExp(`(?:^|[,\\s])${literal}([^,\\s]+)(?=[,\\s]|$)`, 'g'));
	return Array.from(signatures, ([, signature]) => signature);
}

/** Whether any of the signatures is the HMAC-SHA256 of the body under any of the secrets. */
export function isSigned({ rawBody, received, secrets, encoding, prefix = '' }: HmacSignature): boolean {
	const signatures = received
		.flatMap((value) => signaturesIn(value, prefix))
		.map((value) => (encoding === 'hex' ? value.toLowerCase() : value));
	const expected = secrets
		.filter(Boolean)
		.map((secret) => createHmac('sha256', secret).update(rawBody).digest(encoding));
	return signatures.some((signature) => expected.some((own) => isSameSecret(signature, own)));
}

/** Whether a time inside the signed bytes is near enough to now, before or after. All in milliseconds. */
export function isFresh(signedAt: number, now: number, maxAgeMs: number): boolean {
	return Math.abs(now - signedAt) <= maxAgeMs;
}
