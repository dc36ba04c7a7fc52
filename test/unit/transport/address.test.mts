import { UserError } from 'n8n-workflow';
import fc from 'fast-check';
import { checkedBaseUrl, isPathSegment, joinUrl } from '../../../nodes/shared/transport/address.ts';

describe('a base URL', () => {
	it.each([
		['https://api.example.com', 'https://api.example.com'],
		['https://api.example.com/', 'https://api.example.com'],
		['https://api.example.com/v1//', 'https://api.example.com/v1'],
		['https://API.example.com:8443/v1', 'https://api.example.com:8443/v1'],
		['http://localhost:4010/spara/v1/', 'http://localhost:4010/spara/v1'],
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['http://[::1]:4010/v1', 'http://[::1]:4010/v1'],
	])('%s is taken as %s', (given, taken) => {
		expect(checkedBaseUrl(given)).toBe(taken);
	});

	it.each([
		'',
		'api.example.com',
		'not a url',
		'http://api.example.com',
		'http://localhost.example.com',
		'http://127.0.0.1.example.com',
		'http://0.0.0.0',
		'http://10.0.0.1',
		'ftp://localhost',
		'file:///etc/passwd',
		'javascript:alert(1)',
		'https://user@api.example.com',
		'https://user:password@api.example.com',
		'https://:password@api.example.com',
		'http://localhost@evil.example.com',
		'https://api.example.com?key=1',
		'https://api.example.com/v1#part',
	])('%j is refused, in words for the user', (given) => {
		expect(() => checkedBaseUrl(given)).toThrow(UserError);
		expect(() => checkedBaseUrl(given)).toThrow(/Base URL of the credential/);
	});
});

describe('a path segment', () => {
	const BASE = 'https://api.example.com/v1';
	const text = fc.oneof(
		fc.string({ unit: 'grapheme' }),
		fc.string({ unit: 'binary' }),
		fc.stringMatching(/^[./\\%?#:@ \t2efEF]{0,8}$/),
		fc.constantFrom(
			'.',
			'..',
			'%2e%2e',
			'..%2f',
			'//evil.example.com',
			'\\\\evil',
			'https://evil.example.com',
			'\ud800',
		),
	);

	it('never leaves its place, or is refused in words for the user', () => {
		fc.assert(
			fc.property(text, text, (one, other) => {
				let url: URL;
				try {
					url = new URL(joinUrl(BASE, ['leads', one, 'notes', other]));
				} catch (error) {
					expect(error).toBeInstanceOf(UserError);
					return;
				}
				expect(url.origin).toBe('https://api.example.com');
				expect(url.search + url.hash + url.username + url.password).toBe('');
				const segments = url.pathname.split('/').map(decodeURIComponent);
				expect(segments).toEqual(['', 'v1', 'leads', one, 'notes', other]);
			}),
			{ numRuns: 1500 },
		);
	});

	it.each(['', ' ', '\t\n', '.', '..', 'a/b', 'a\\b', '/', '../leads'])('%j is none', (value) => {
		expect(isPathSegment(value)).toBe(false);
		expect(() => joinUrl(BASE, ['leads', value])).toThrow(UserError);
	});

	it.each(['QX7R20MB', 'a b', '...', '.hidden', 'ada+x@example.com', 'ü', '%2e%2e', 'a?b#c'])(
		'%j is one',
		(value) => {
			expect(isPathSegment(value)).toBe(true);
		},
	);

	it('is not needed', () => {
		expect(joinUrl(BASE, [])).toBe(BASE);
	});
});
