import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { apiRequest } from '../../../nodes/shared/operation/apiRequest.ts';
import { readInput } from '../../../nodes/shared/operation/input.ts';
import { joinUrl } from '../../../nodes/shared/transport/address.ts';
import type { RequestSpec } from '../../../nodes/shared/transport/transport.ts';
import { contextWith } from './parameters.mts';

const [send] = apiRequest().operations;

function requestOf(values: IDataObject): RequestSpec {
	const { input } = readInput(contextWith([{ method: 'GET', query: '{}', body: '{}', ...values }]), send, 0);
	return send.request?.(input) as RequestSpec;
}

describe('the path of an API request', () => {
	it.each([
		['/leads/search', ['leads', 'search']],
		['leads/search', ['leads', 'search']],
		['/leads/search/', ['leads', 'search']],
		['  /leads  ', ['leads']],
		['/leads/a%20b', ['leads', 'a b']],
		['/leads/ö', ['leads', 'ö']],
		['/leads/12:30', ['leads', '12:30']],
	])('%j is read segment by segment', (path, segments) => {
		expect(requestOf({ path }).path).toEqual(segments);
	});

	it('comes back as it was written, however its segments are encoded', () => {
		const segment = fc
			.string({ unit: 'grapheme', minLength: 1 })
			.filter((text) => !/[/\\]/.test(text) && !['.', '..'].includes(text) && text.trim() !== '');
		fc.assert(
			fc.property(fc.array(segment, { minLength: 1 }), (segments) => {
				const path = segments.map(encodeURIComponent).join('/');
				fc.pre(!/^[a-z]+:/i.test(path));
				expect(joinUrl('https://api.example.com', requestOf({ path }).path)).toBe(
					`https://api.example.com/${path}`,
				);
			}),
		);
	});

	it.each([
		['https://api.example.com/leads', 'must be a path below the base URL, not a whole address'],
		['javascript:alert(1)', 'must be a path below the base URL, not a whole address'],
		['/leads?email=a', 'must not hold a query (?) or fragment (#): use the field Query'],
		['/leads#top', 'must not hold a query (?) or fragment (#): use the field Query'],
		['/', 'must be a path such as /leads/search, without empty segments or dots in place of one'],
		['/leads//1', 'must be a path such as /leads/search, without empty segments or dots in place of one'],
		[
			'/leads/../keys',
			'must be a path such as /leads/search, without empty segments or dots in place of one',
		],
		[
			'/leads/%2e%2E/keys',
			'must be a path such as /leads/search, without empty segments or dots in place of one',
		],
		['/leads/./1', 'must be a path such as /leads/search, without empty segments or dots in place of one'],
		['/leads/%zz', 'must be a path such as /leads/search, without empty segments or dots in place of one'],
	])('%j is refused before anything is sent', (path, message) => {
		expect(() => requestOf({ path })).toThrow(`"Path" ${message}`);
	});

	it.each([['/leads/%20'], ['/leads/a%2Fb'], ['/leads/a\\b']])(
		'%j has a segment that cannot leave its place, so it becomes no address',
		(path) => {
			expect(() => joinUrl('https://api.example.com', requestOf({ path }).path)).toThrow();
		},
	);

	it('is missing where it is empty', () => {
		expect(() => requestOf({ path: '' })).toThrow('"Path" is missing');
	});
});

describe('the rest of an API request', () => {
	it.each([
		['GET', 'safe'],
		['PUT', 'idempotent'],
		['DELETE', 'idempotent'],
		['PATCH', 'nonIdempotent'],
		['POST', 'nonIdempotent'],
	])('%s is sent as %s', (method, safety) => {
		expect(requestOf({ method, path: '/leads' })).toMatchObject({ method, safety });
	});

	it('has the query, and the body except for GET', () => {
		const values = { path: '/leads', query: '{"email":"a@b.c"}', body: { name: 'Ada' } };
		expect(requestOf(values)).toMatchObject({ query: { email: 'a@b.c' }, body: undefined });
		expect(requestOf({ ...values, method: 'POST' })).toMatchObject({
			query: { email: 'a@b.c' },
			body: { name: 'Ada' },
		});
	});

	it.each([['[1]'], ['"text"'], ['5']])('refuses %s as a query', (query) => {
		expect(() => requestOf({ path: '/leads', query })).toThrow('"Query" must be an object');
	});
});
