import { gzipSync } from 'node:zlib';

/** One request as a stranger may send it. */
export interface HostileRequest {
	/** What is wrong with it. */
	kind: string;
	headers: Record<string, string | string[]>;
	body: Buffer;
}

/** A genuine delivery that a stranger has seen. */
export interface SeenDelivery {
	headers: Record<string, string>;
	body: string;
	/** The header in which its proof stands, if it does in one. */
	proof?: string;
	/** Whether the proof fits these bytes only; a token fits all. */
	isBound: boolean;
}

type Random = () => number;

function pick<Value>(values: Value[], random: Random): Value {
	return values[Math.floor(random() * values.length)];
}

const DEEP = 5000;
const JSON_TYPE = 'application/json';
const hex = (length: number): string => 'ab'.repeat(length / 2);

/** Bodies that say they are JSON, or are not. */
const bodies: Record<string, (seen: SeenDelivery, random: Random) => string> = {
	'the body that was seen': ({ body }) => body,
	'that body with one character changed': ({ body }, random) => {
		const place = Math.floor(random() * body.length);
		return `${body.slice(0, place)}${body[place] === 'x' ? 'y' : 'x'}${body.slice(place + 1)}`;
	},
	'that body, cut off': ({ body }, random) => body.slice(0, Math.floor(random() * body.length)),
	nothing: () => '',
	'a list': () => '[1,2,3]',
	'a number': () => '7',
	null: () => 'null',
	'no JSON': () => '{"event":',
	'lists in lists': () => `{"data":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`,
	'objects in objects': () => `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`,
	'a long text': () => `{"event":"${'x'.repeat(50_000)}"}`,
	'a text of escapes': () => `{"event":"${'\\u0041\\"'.repeat(5000)}"}`,
	'many members': () => `{${'"a":1,'.repeat(5000)}"b":2}`,
	'the prototype': () =>
		'{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}},"event":"lead.created"}',
	'wrong kinds of values': () =>
		'{"id":{},"type":7,"event":[],"event_type":null,"lead":"x","data":[1],"timestamp":{},"subscriber":false}',
	'a signature inside': ({ body }) => `${body.slice(0, -1)},"signature":"sha256=${hex(64)}"}`,
	'many signatures inside': () => `{${`"signature":"sha256=${hex(64)}",`.repeat(50)}"a":1}`,
	'bytes that are no text': () => Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x7b]).toString('latin1'),
	'a mark of its byte order': ({ body }) => `\uFEFF${body}`,
};

const contentTypes = [
	JSON_TYPE,
	JSON_TYPE,
	JSON_TYPE,
	'application/json; charset=utf-8',
	'text/plain',
	'application/x-www-form-urlencoded',
	'application/xml',
	'application/octet-stream',
	'image/png',
	'nonsense',
	undefined,
];

/** Headers in which vendors send their proofs. */
const PROOFS = [
	'x-sparx-signature',
	'x-leadiosa-signature',
	'x-signature-256',
	'x-webhook-token',
	'x-leadconduit-token',
	'sparkloop-token',
	'authorization',
];

const proofs: Record<string, (random: Random) => string | string[]> = {
	'no proof': () => '',
	'a forged signature': () => `sha256=${hex(64)}`,
	'a forged signature without its prefix': () => hex(64),
	'a short signature': () => 'sha256=ab',
	'many signatures': () => Array.from({ length: 100 }, () => `sha256=${hex(64)}`).join(','),
	'a long proof': () => 'x'.repeat(8000),
	'commas and blanks': () => ', ,\t,'.repeat(500),
	'two headers': () => [`sha256=${hex(64)}`, 'x'],
	'a Bearer token': () => 'Bearer nothing',
};

function multipart(random: Random): HostileRequest {
	const part = '--b\r\ncontent-disposition: form-data; name="event"\r\n\r\nlead.created\r\n--b--\r\n';
	const file =
		'--b\r\ncontent-disposition: form-data; name="f"; filename="a.json"\r\ncontent-type: application/json\r\n\r\n{}\r\n--b--\r\n';
	const [kind, contentType, body] = pick(
		[
			['a form', 'multipart/form-data; boundary=b', part],
			['a form with a file', 'multipart/form-data; boundary=b', file],
			['a form without a boundary', 'multipart/form-data', part],
			['a form that never ends', 'multipart/form-data; boundary=b', part.slice(0, 40)],
			['a form without content', 'multipart/form-data; boundary=b', ''],
			['parts that are no form', 'multipart/mixed; boundary=b', part],
		],
		random,
	);
	return { kind, headers: { 'content-type': contentType }, body: Buffer.from(body) };
}

/**
 * A request that proves nothing, whatever it looks like.
 * @param seen a genuine delivery; its proof never comes with its own body
 */
export function hostileRequest(seen: SeenDelivery, random: Random): HostileRequest {
	if (random() < 0.1) return multipart(random);
	const bodyKind = pick(Object.keys(bodies), random);
	const proofKind = pick(Object.keys(proofs), random);
	const contentType = pick(contentTypes, random);
	const isReplayedProof =
		seen.proof !== undefined && seen.isBound && bodyKind !== 'the body that was seen' && random() < 0.3;
	const proof = isReplayedProof ? seen.headers[seen.proof as string] : proofs[proofKind](random);
	const name = seen.proof && random() < 0.8 ? seen.proof : pick(PROOFS, random);
	const text = bodies[bodyKind](seen, random);
	const isLatin = bodyKind === 'bytes that are no text';
	let body = Buffer.from(text, isLatin ? 'latin1' : 'utf8');
	const headers: HostileRequest['headers'] = {
		...(contentType ? { 'content-type': contentType } : {}),
		...(proof.length > 0 ? { [name]: proof } : {}),
	};
	if (random() < 0.1) {
		headers['content-encoding'] = 'gzip';
		body = gzipSync(body);
	}
	return { kind: `${bodyKind}, ${isReplayedProof ? 'a proof that was seen' : proofKind}`, headers, body };
}
