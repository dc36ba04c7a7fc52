import { createHmac } from 'node:crypto';
import { attempt } from '../shared/attempt';
import { isKnownToken } from '../shared/webhook/signature';

/*
 * What is read here proves nothing yet, so it is not parsed: one pass over its bytes finds the members of the outermost
 * object, whatever is nested in them, in a time that grows with the size alone.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const LETTER_U = 0x75;
const SLASH = 0x2f;
const COLON = 0x3a;
const OPENING = [0x7b, 0x5b];
const CLOSING = [0x7d, 0x5d];
const [OPENING_BRACE] = OPENING;
const [CLOSING_BRACE] = CLOSING;

/** How a text begins and ends that may be a signature; nothing else is compared. */
const SIGNATURE = /^sha256=[0-9a-f]{64}$/;

/** In bytes, with its quotes and every character as an escape. */
const MAX_SIGNATURE_LENGTH = 500;

/** Of an escape like `\u00e9`, the longest spelling of a character. */
const UNICODE_ESCAPE_LENGTH = 6;

/** In bytes: writing a larger body anew costs more than the chance that its bytes are not what was signed. */
const MAX_COMPACTED_LENGTH = 1_000_000;

/** No sender spells so many keys of the outermost object with escapes. */
const MAX_ESCAPED_KEYS = 100;

/** Where a member of the outermost object stands among the bytes. */
interface Member {
	start: number;
	valueStart: number;
	end: number;
	/** Where the member before it ends; none before the first. */
	previousEnd?: number;
}

function isSpace(byte: number): boolean {
	return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

function skipSpace(bytes: Buffer, place: number): number {
	let at = place;
	while (isSpace(bytes[at])) at++;
	return at;
}

/** Behind the closing quote of the text that begins here, or -1. */
function endOfText(bytes: Buffer, start: number): number {
	for (let place = start + 1; place < bytes.length; place++) {
		if (bytes[place] === BACKSLASH) place++;
		else if (bytes[place] === QUOTE) return place + 1;
	}
	return -1;
}

/** Behind the value that begins here: at the comma or brace of the outermost object that follows it, or -1. */
function endOfValue(bytes: Buffer, start: number): number {
	let depth = 0;
	for (let place = start; place < bytes.length; ) {
		const byte = bytes[place];
		if (byte === QUOTE) {
			place = endOfText(bytes, place);
			if (place < 0) return -1;
			continue;
		}
		if (depth === 0 && (byte === COMMA || CLOSING.includes(byte))) return place;
		if (OPENING.includes(byte)) depth++;
		else if (CLOSING.includes(byte)) depth--;
		place++;
	}
	return -1;
}

/** A text of JSON between two places; `undefined` where there is none. */
function textAt(bytes: Buffer, start: number, end: number): string | undefined {
	if (bytes[start] !== QUOTE) return undefined;
	const parsed = attempt(() => JSON.parse(bytes.toString('utf8', start, end)) as unknown);
	return parsed.ok && typeof parsed.value === 'string' ? parsed.value : undefined;
}

/** Tells the keys that spell a name, with escapes or without. */
function spellingOf(name: string): (bytes: Buffer, start: number, end: number) => boolean {
	const plain = Buffer.from(JSON.stringify(name));
	const maxLength = name.length * UNICODE_ESCAPE_LENGTH + 2;
	let escapedKeys = 0;
	return (bytes, start, end) => {
		if (end - start === plain.length) return bytes.compare(plain, 0, plain.length, start, end) === 0;
		if (end - start < plain.length || end - start > maxLength) return false;
		if (!bytes.subarray(start, end).includes(BACKSLASH) || ++escapedKeys > MAX_ESCAPED_KEYS) return false;
		return textAt(bytes, start, end) === name;
	};
}

/**
 * The one member of this name in the outermost object, and no other: a lead's field may be called `signature` too.
 * `undefined` when there is none or more than one, or the bytes are no object.
 */
function onlyMember(bytes: Buffer, name: string): Member | undefined {
	const isNamed = spellingOf(name);
	let found: Member | undefined;
	let previousEnd: number | undefined;
	let place = skipSpace(bytes, 0);
	if (bytes[place] !== OPENING_BRACE) return undefined;
	do {
		const start = skipSpace(bytes, place + 1);
		const keyEnd = bytes[start] === QUOTE ? endOfText(bytes, start) : -1;
		if (keyEnd < 0) return undefined;
		const colon = skipSpace(bytes, keyEnd);
		if (bytes[colon] !== COLON) return undefined;
		const valueStart = skipSpace(bytes, colon + 1);
		place = endOfValue(bytes, valueStart);
		if (place < 0) return undefined;
		let end = place;
		while (isSpace(bytes[end - 1])) end--;
		if (isNamed(bytes, start, keyEnd)) {
			if (found) return undefined;
			found = { start, valueStart, end, previousEnd };
		}
		previousEnd = end;
	} while (bytes[place] === COMMA);
	const isWhole = bytes[place] === CLOSING_BRACE && skipSpace(bytes, place + 1) === bytes.length;
	return isWhole ? found : undefined;
}

/** The bytes without one member and the comma before it, or after it where it is the first; all else untouched. */
function without(bytes: Buffer, { start, end, previousEnd }: Member): Buffer {
	const comma = skipSpace(bytes, end);
	const to = previousEnd === undefined && bytes[comma] === COMMA ? comma + 1 : end;
	return Buffer.concat([bytes.subarray(0, previousEnd ?? start), bytes.subarray(to)]);
}

/** The character code that an escape like `\u00e9` at this place names, or -1. */
function codeAt(bytes: Buffer, place: number): number {
	if (bytes[place] !== BACKSLASH || bytes[place + 1] !== LETTER_U) return -1;
	const code = Number(`0x${bytes.toString('latin1', place + 2, place + UNICODE_ESCAPE_LENGTH)}`);
	return Number.isInteger(code) ? code : -1;
}

/** What a writer of compact JSON has in place of the escape at this place, and how long the escape is. */
function compactEscape(bytes: Buffer, place: number): { text: string; length: number } {
	const code = codeAt(bytes, place);
	if (code < 0) {
		const text = bytes[place + 1] === SLASH ? '/' : bytes.toString('latin1', place, place + 2);
		return { text, length: 2 };
	}
	const isFirstHalf = code >= 0xd800 && code < 0xdc00;
	const secondHalf = isFirstHalf ? codeAt(bytes, place + UNICODE_ESCAPE_LENGTH) : -1;
	const codes = secondHalf < 0 ? [code] : [code, secondHalf];
	const text = JSON.stringify(String.fromCharCode(...codes)).slice(1, -1);
	return { text, length: codes.length * UNICODE_ESCAPE_LENGTH };
}

/** The same JSON without whitespace, and with escapes only where they must be. It is never longer than it was. */
function compact(bytes: Buffer): Buffer {
	const written = Buffer.alloc(bytes.length);
	let length = 0;
	let isInText = false;
	for (let place = 0; place < bytes.length; ) {
		const byte = bytes[place];
		if (isInText && byte === BACKSLASH) {
			const escape = compactEscape(bytes, place);
			length += written.write(escape.text, length);
			place += escape.length;
			continue;
		}
		if (byte === QUOTE) isInText = !isInText;
		if (isInText || !isSpace(byte)) written[length++] = byte;
		place++;
	}
	return written.subarray(0, length);
}

/** A JSON object that holds its own signature, taken apart. */
export interface SignedBody {
	/** The text of the signature's member. */
	signature: string;
	/** The bytes without the signature's member. */
	rest: Buffer;
}

/** Takes a body apart; `undefined` when it is no JSON object with exactly one such member that is a text. */
export function signedBody(rawBody: Buffer, name: string): SignedBody | undefined {
	const member = onlyMember(rawBody, name);
	if (!member || member.end - member.valueStart > MAX_SIGNATURE_LENGTH) return undefined;
	const signature = textAt(rawBody, member.valueStart, member.end);
	return signature === undefined ? undefined : { signature, rest: without(rawBody, member) };
}

/**
 * The assumed scheme (docs/vendors/leadconduit.md): HMAC-SHA256 in lower-case hex, `sha256=` before it, in the member
 * `signature`. What was signed are the bytes without that member, or (up to 1 MB) the same written compactly.
 */
export function isSignedInside(rawBody: Buffer, secrets: string[]): boolean {
	const body = signedBody(rawBody, 'signature');
	if (!body || !SIGNATURE.test(body.signature)) return false;
	const isSignatureOf = (text: Buffer): boolean =>
		isKnownToken(
			[body.signature],
			secrets.map((secret) => `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`),
		);
	if (isSignatureOf(body.rest)) return true;
	return body.rest.length <= MAX_COMPACTED_LENGTH && isSignatureOf(compact(body.rest));
}
