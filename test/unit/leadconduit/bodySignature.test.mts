import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { isSignedInside, signedBody } from '../../../nodes/LeadConduit/bodySignature.ts';

const SECRET = 'a secret for tests';
const signatureOf = (text: string | Buffer, secret = SECRET) =>
	`sha256=${createHmac('sha256', secret).update(text).digest('hex')}`;
const isSigned = (body: string | Buffer, secrets = [SECRET]) => isSignedInside(Buffer.from(body), secrets);

/** A body, written by hand around `@`, where the signature's member goes; `cut` is the same body without it. */
const signed = (template: string, cut: string) => template.replace('@', `"signature":"${signatureOf(cut)}"`);

const vectors: Record<string, { template: string; cut: string }> = {
	'a compact body, signature last': { template: '{"a":1,"b":"x",@}', cut: '{"a":1,"b":"x"}' },
	'signature in the middle': { template: '{"a":1,@,"b":"x"}', cut: '{"a":1,"b":"x"}' },
	'signature first': { template: '{@,"a":1,"b":"x"}', cut: '{"a":1,"b":"x"}' },
	'nothing but a signature': { template: '{@}', cut: '{}' },
	'keys that are not in order': { template: '{"z":1,"a":{"y":2,"b":3},@}', cut: '{"z":1,"a":{"y":2,"b":3}}' },
	'keys that a parser reorders': { template: '{"b":1,"10":2,"2":3,@}', cut: '{"b":1,"10":2,"2":3}' },
	'numbers as people write money': {
		template: '{"price":25.00,"rate":0.90,"big":1e3,@}',
		cut: '{"price":25.00,"rate":0.90,"big":1e3}',
	},
	'numbers too long for a parser': {
		template: '{"n":12345678901234567890,@}',
		cut: '{"n":12345678901234567890}',
	},
	'unicode escapes': {
		template: '{"name":"Zo\\u00eb \\u2013 \\ud83d\\ude00",@}',
		cut: '{"name":"Zo\\u00eb \\u2013 \\ud83d\\ude00"}',
	},
	'raw unicode': { template: '{"name":"Zoë – 😀",@}', cut: '{"name":"Zoë – 😀"}' },
	'a lead field of the same name': {
		template: '{"data":{"lead":{"signature":"sha256=00","x":1}},@}',
		cut: '{"data":{"lead":{"signature":"sha256=00","x":1}}}',
	},
	'such a field behind it': {
		template: '{@,"data":{"lead":{"signature":"mine"}}}',
		cut: '{"data":{"lead":{"signature":"mine"}}}',
	},
	'a text that looks like one': {
		template: '{"note":"\\"signature\\":\\"sha256=00\\",{[",@}',
		cut: '{"note":"\\"signature\\":\\"sha256=00\\",{["}',
	},
	'whitespace everywhere': {
		template: ' {\n\t"a" : [ 1 , { } , [ ] ] ,\r\n\t@\n} \n',
		cut: ' {\n\t"a" : [ 1 , { } , [ ] ]\n} \n',
	},
	'spaces inside its member': {
		template: '{"a":1 , @ , "b":2}',
		cut: '{"a":1 , "b":2}',
	},
};

describe('the bytes as they came, without the signature', () => {
	it.each(Object.entries(vectors))('%s', (_name, { template, cut }) => {
		const body = signed(template, cut);
		expect(signedBody(Buffer.from(body), 'signature')?.rest.toString()).toBe(cut);
		expect(isSigned(body)).toBe(true);
		expect(isSigned(body, ['another secret'])).toBe(false);
		expect(isSigned(body, ['another secret', SECRET])).toBe(true);
	});

	it('knows a key that is spelled with escapes', () => {
		expect(isSigned(`{"a":1,"sign\\u0061ture":"${signatureOf('{"a":1}')}"}`)).toBe(true);
	});

	it('survives any JSON, wherever the signature stands', () => {
		const members = fc.dictionary(
			fc.string().filter((key) => key !== 'signature'),
			fc.jsonValue(),
			{ maxKeys: 6 },
		);
		const space = fc.constantFrom('', ' ', '\n\t');
		fc.assert(
			fc.property(members, fc.nat(), space, fc.boolean(), (object, place, gap, nested) => {
				const texts = Object.entries(object).map(
					([key, value]) => `${JSON.stringify(key)}:${gap}${JSON.stringify(value, null, gap)}`,
				);
				if (nested) texts.push('"data":{"signature":"of a lead"}');
				const at = place % (texts.length + 1);
				// Before the first member the cut takes the comma behind it; what stands after that comma stays.
				const separator = at === 0 ? ',' : `,${gap}`;
				const cut = `{${texts.join(separator)}}`;
				const withSignature = [...texts];
				withSignature.splice(at, 0, `"signature":${gap}"${signatureOf(cut)}"`);
				expect(isSigned(`{${withSignature.join(separator)}}`)).toBe(true);
			}),
		);
	});
});

describe('the compact form', () => {
	it('is accepted where the sender signed that but sent other whitespace or escapes', () => {
		const signature = signatureOf('{"name":"Zoë","n":[1,2]}');
		expect(isSigned(`{ "name": "Zo\\u00eb", "n": [1, 2], "signature": "${signature}" }`)).toBe(true);
		expect(isSigned(`{ "name": "Zoe", "n": [1, 2], "signature": "${signature}" }`)).toBe(false);
	});
});

describe('what nobody has proved', () => {
	const SIZE = 12_000_000;
	const filled = (unit: string) => unit.repeat(Math.ceil(SIZE / unit.length)).slice(0, SIZE);
	const forged = `"signature":"${signatureOf('something else')}"`;

	/** Takes as long as reading the same number of plain bytes, give or take the work for each escape. */
	it.each([
		['one long text', `{"a":"${filled('x')}",${forged}}`],
		['a text of quotes', `{"a":"${filled('\\"')}",${forged}}`],
		['a text of backslashes', `{"a":"${filled('\\\\')}",${forged}}`],
		['a text of escapes', `{"a":"${filled('\\u00e9')}",${forged}}`],
		['a text that never ends', `{"a":"${filled('\\')}`],
		['lists in lists', `{"a":${filled('[')}`],
		['lists in lists, closed', `{"a":${'['.repeat(SIZE / 2)}${']'.repeat(SIZE / 2)},${forged}}`],
		['many members', `{${filled('"a":1,')}${forged}}`],
		['many members spelled with escapes', `{${filled('"signatur\\u0065_":1,')}${forged}}`],
		['many signatures', `{${filled(`${forged},`)}"a":1}`],
		['whitespace', `{${filled(' ')}${forged}}`],
		['whitespace between numbers', `{"a":[${filled('1, ')}1],${forged}}`],
	])('is refused in a time that grows with its size alone: %s', (_name, text) => {
		const measure = (body: Buffer): number => {
			const before = process.cpuUsage();
			expect(isSignedInside(body, [SECRET, 'another secret'])).toBe(false);
			const { user, system } = process.cpuUsage(before);
			return (user + system) / 1000;
		};
		expect(measure(Buffer.from(text))).toBeLessThan(1500);
	});

	it('however large, what is genuine gets through', () => {
		const large = `"text":"${filled('x')}","deep":${'['.repeat(5000)}${']'.repeat(5000)}`;
		expect(isSigned(`{${large},"signature":"${signatureOf(`{${large}}`)}"}`)).toBe(true);
	});
});

describe('what is refused', () => {
	const body = Buffer.from(
		signed(
			'{"event_type":"lead.delivered","timestamp":"2026-02-03T09:00:02Z","data":{"lead":{"email":"zo\\u00eb","phone":"+15125550142","name":"Zoë"},"price":25.00},@}',
			'{"event_type":"lead.delivered","timestamp":"2026-02-03T09:00:02Z","data":{"lead":{"email":"zo\\u00eb","phone":"+15125550142","name":"Zoë"},"price":25.00}}',
		),
	);

	it('any byte changed, in any of its bits', () => {
		expect(isSigned(body)).toBe(true);
		for (let place = 0; place < body.length; place++) {
			for (let bit = 0; bit < 8; bit++) {
				const tampered = Buffer.from(body);
				tampered[place] ^= 1 << bit;
				if (isSigned(tampered))
					throw new Error(`accepted with bit ${bit} of byte ${place} changed: ${tampered.toString()}`);
			}
		}
	});

	it('any byte taken out, and any put in', () => {
		for (let place = 0; place < body.length; place++) {
			expect(isSigned(Buffer.concat([body.subarray(0, place), body.subarray(place + 1)]))).toBe(false);
			for (const byte of ['0', '"', ',', '}', 'a']) {
				expect(
					isSigned(Buffer.concat([body.subarray(0, place), Buffer.from(byte), body.subarray(place)])),
				).toBe(false);
			}
		}
	});

	it.each([
		['no signature', '{"a":1}'],
		['one inside only', `{"data":{"signature":"${signatureOf('{"data":{}}')}"}}`],
		['two, the right one last', `{"signature":"x","a":1,"signature":"${signatureOf('{"a":1}')}"}`],
		['two, the right one first', `{"signature":"${signatureOf('{"a":1}')}","a":1,"sign\\u0061ture":"x"}`],
		['no text', '{"a":1,"signature":1}'],
		['an empty one', '{"a":1,"signature":""}'],
		['one without its prefix', `{"a":1,"signature":"${signatureOf('{"a":1}').slice(7)}"}`],
		['one in upper case', `{"a":1,"signature":"sha256=${signatureOf('{"a":1}').slice(7).toUpperCase()}"}`],
		['one with space around it', `{"a":1,"signature":" ${signatureOf('{"a":1}')}"}`],
		['a list', `["signature"]`],
		['a text', '"signature"'],
		['no JSON', '{"a":1,"signature":'],
		['nothing', ''],
	])('%s', (_name, text) => {
		expect(isSigned(text)).toBe(false);
	});

	it('everything, without a secret', () => {
		expect(isSigned(body, [])).toBe(false);
	});

	it('nothing makes it throw', () => {
		fc.assert(fc.property(fc.uint8Array(), (bytes) => !isSignedInside(Buffer.from(bytes), [SECRET])));
		fc.assert(fc.property(fc.string(), (text) => !isSigned(`{"signature":${text}}`)));
	});
});
