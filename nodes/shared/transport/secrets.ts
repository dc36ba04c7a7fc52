import type { ICredentialType, IDataObject } from 'n8n-workflow';

/** Shorter ones are no secrets, and would be found in every other word. */
const MIN_LENGTH = 4;

/** Shorter ones are looked for as whole words only; of texts of letters alone, those are taken for ordinary words. */
const MIN_LENGTH_ANYWHERE = 8;

const LETTERS = /^\p{L}+$/u;

/** What may be Base64, in either of its alphabets, of something long enough to hold a secret. */
const BASE64 = /[\w+/-]{8,}={0,2}/g;

const MASK = '***';

function mayBeMasked(secret: string): boolean {
	return secret.length >= (LETTERS.test(secret) ? MIN_LENGTH_ANYWHERE : MIN_LENGTH);
}

/**
 * The secrets of a credential: the values of its fields with `password: true`. Those that are ordinary short words are
 * left out.
 */
export function secretsOf({ properties }: ICredentialType, credential: IDataObject): string[] {
	return properties
		.filter(({ typeOptions }) => typeOptions?.password === true)
		.map(({ name }) => credential[name])
		.filter((value): value is string => typeof value === 'string' && mayBeMasked(value));
}

function masked(text: string, secret: string): string {
	const literal = secret.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
	const isAnywhere = secret.length >= MIN_LENGTH_ANYWHERE && !LETTERS.test(secret);
	const pattern = isAnywhere ? literal : `(?<![\\p{L}\\d])${literal}(?![\\p{L}\\d])`;
	return text.replace(new RegExp(pattern, 'gu'), MASK);
}

/**
 * A text with `***` in place of each secret, also where it stands percent-encoded or inside Base64, as in a header for
 * HTTP Basic.
 */
export function withoutSecrets(text: string, secrets: string[]): string {
	const spellings = new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]));
	// The longest first: one may be the beginning of another.
	const longestFirst = [...spellings].sort((one, other) => other.length - one.length);
	const plain = longestFirst.reduce(masked, text);
	return plain.replace(BASE64, (encoded) => {
		const decoded = Buffer.from(encoded, 'base64').toString('utf8');
		return secrets.some((secret) => decoded.includes(secret)) ? MASK : encoded;
	});
}
