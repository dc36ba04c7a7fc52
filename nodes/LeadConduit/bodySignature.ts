import { createHmac } from 'node:crypto';
import { attempt } from '../shared/attempt';
import { isKnownToken } from '../shared/webhook/signature';

/** Where a member of a JSON object stands in its text. */
interface Member {
	key: string;
	start: number;
	valueStart: number;
	end: number;
}

const SPACE = /[ \t\n\r]*/y;
const TEXT = /"(?:[^"\\]|\\.)*"/y;
const PLAIN = /[^\s,\]}]+/y;
/** Runs over a nested value: texts whole, so that brackets in them do not count. */
const PART = /"(?:[^"\\]|\\.)*"|[[\]{}]|[^"[\]{}]+/y;

/** Where a match of the pattern at this place ends; the text is known to be JSON. */
function endOf(pattern: RegExp, json: string, place: number): number {
	pattern.lastIndex = place;
	const match = pattern.exec(json);
	return match ? place + match[0].length : place;
}

function endOfValue(json: string, start: number): number {
	if (json[start] === '"') return endOf(TEXT, json, start);
	if (json[start] !== '{' && json[start] !== '[') return endOf(PLAIN, json, start);
	let place = start;
	let depth = 0;
	do {
		if (json[place] === '{' || json[place] === '[') depth++;
		else if (json[place] === '}' || json[place] === ']') depth--;
		place = endOf(PART, json, place);
	} while (depth > 0);
	return place;
}

/** The members of the outermost object only: a lead's field may be called `signature` too. */
function topLevelMembers(json: string): Member[] {
	const members: Member[] = [];
	let place = endOf(SPACE, json, 0) + 1;
	for (;;) {
		const start = endOf(SPACE, json, place);
		if (json[start] !== '"') return members;
		const endOfKey = endOf(TEXT, json, start);
		const colon = endOf(SPACE, json, endOfKey);
		const valueStart = endOf(SPACE, json, colon + 1);
		const end = endOfValue(json, valueStart);
		members.push({ key: JSON.parse(json.slice(start, endOfKey)) as string, start, valueStart, end });
		place = endOf(SPACE, json, end) + 1;
	}
}

/** The text without one member and the comma before it, or after it where it is the first; all else untouched. */
function without(json: string, members: Member[], index: number): string {
	const { start, end } = members[index];
	if (index > 0) return json.slice(0, members[index - 1].end) + json.slice(end);
	const comma = members.length > 1 ? endOf(SPACE, json, end) + 1 : end;
	return json.slice(0, start) + json.slice(comma);
}

/** A JSON object that holds its own signature, taken apart. */
export interface SignedBody {
	signature: string;
	/** What may have been signed: the bytes without the signature's member, and the same written compactly. */
	signedTexts: Buffer[];
}

/** Takes a body apart; `undefined` when it is no JSON object with exactly one such member that is a text. */
export function signedBody(rawBody: Buffer, member: string): SignedBody | undefined {
	const parsed = attempt(() => JSON.parse(rawBody.toString('utf8')) as unknown);
	if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null || Array.isArray(parsed.value))
		return undefined;
	const { [member]: signature, ...rest } = parsed.value as Record<string, unknown>;
	// One character per byte: what is cut out of it can be turned back into the very bytes that came.
	const json = rawBody.toString('latin1');
	const members = topLevelMembers(json);
	const [index, another] = members.flatMap(({ key }, place) => (key === member ? [place] : []));
	if (typeof signature !== 'string' || index === undefined || another !== undefined) return undefined;
	return {
		signature,
		signedTexts: [Buffer.from(without(json, members, index), 'latin1'), Buffer.from(JSON.stringify(rest))],
	};
}

/** The assumed scheme of contract 6: HMAC-SHA256 in lower-case hex, `sha256=` before it, in the member `signature`. */
export function isSignedInside(rawBody: Buffer, secrets: string[]): boolean {
	const body = signedBody(rawBody, 'signature');
	if (!body) return false;
	const expected = secrets.flatMap((secret) =>
		body.signedTexts.map((text) => `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`),
	);
	return isKnownToken([body.signature], expected);
}
