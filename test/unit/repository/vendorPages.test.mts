import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
	fingerprintOf,
	reportOf,
	verdictOn,
	watchedPages,
	type Verdict,
} from '../../../lab/pageFingerprint.mts';

const root = path.resolve(__dirname, '../../..');
const notes = readdirSync(path.join(root, 'docs/vendors')).map((file) => ({
	file,
	text: readFileSync(path.join(root, 'docs/vendors', file), 'utf8'),
}));

const URL = 'https://docs.vendor.example/limits';
const TODAY = '2026-12-01';

/** A page as documentation sites build it: words amid scripts, nonces and dates. */
const html = ({
	limit = '60 requests a minute',
	updated = 'Last updated 3 days ago',
	build = 'a1b2c3d4e5f60718293a4b5c',
	nonce = 'Zx81hQm2Vt7LkP0sRd9w',
	more = '',
} = {}) => `<!DOCTYPE html>
<html><head><meta name="build" content="${build}"><script nonce="${nonce}">window.__b="${build}"</script></head>
<body><nav>Menu ${build}</nav><main class="c-${build}">
<p>Version of 2026-11-28, session ${build}${nonce}</p>
<h1>Limits</h1><p>At most <b>${limit}</b>.</p>
<h2 id="x-${build}"><a href="#">Errors</a></h2><p>Beyond it, &quot;429&quot; is&nbsp;answered.</p>${more}
<p>${updated}</p></main><footer>© 2026</footer></body></html>`;

const openApi = ({ max = 100, path: extra = '' } = {}) => `openapi: 3.1.0
info:
  title: Leads
paths:
  /leads:
    get:
      parameters:
        - name: limit
          schema: { type: integer, maximum: ${max} }
  /flows/{id}:
    get:
      summary: One flow
${extra}`;

const noted = (text: string) => ({ url: URL, read: '2026-11-28', fingerprint: fingerprintOf(text) });
const fetched = (text: string, status = 200) => ({ status, text });
const headings = (verdict: Verdict) =>
	verdict.kind === 'changed' ? verdict.newParts.map(({ heading }) => heading) : verdict.kind;

describe('a page', () => {
	it('that says the same is unchanged, and there is nothing to tell', () => {
		const verdict = verdictOn(noted(html()), fetched(html()));
		expect(verdict).toEqual({ kind: 'unchanged' });
		expect(reportOf(noted(html()), verdict, TODAY)).toBe('');
	});

	it('whose dates, build and nonces alone differ is unchanged', () => {
		const other = html({
			updated: 'Last updated 2 weeks ago',
			build: 'ffeeddccbbaa998877665544',
			nonce: 'Qy7Tn3Wb5Kc1Jd8Gf6Ls',
		}).replace('2026-11-28', '2026-12-01T04:05:06Z');
		expect(verdictOn(noted(html()), fetched(other))).toEqual({ kind: 'unchanged' });
		const dated = html({ updated: 'Published on November 3, 2026' });
		expect(verdictOn(noted(dated), fetched(dated.replace('November 3', 'Dec 14')))).toEqual({
			kind: 'unchanged',
		});
	});

	it('whose parts only moved is unchanged', () => {
		const [, limits, errors] = /^(# A\n.*)(# B\n.*)$/s.exec('# A\none\n# B\ntwo\n')!;
		expect(verdictOn(noted(limits + errors), fetched(errors + limits))).toEqual({ kind: 'unchanged' });
	});

	it('with changed words is reported with the part that changed, what it says now, and its new row', () => {
		const now = html({ limit: '120 requests a minute' });
		const verdict = verdictOn(noted(html()), fetched(now));
		expect(headings(verdict)).toEqual(['Limits']);
		const report = reportOf(noted(html()), verdict, TODAY);
		expect(report).toContain(`### ${URL}`);
		expect(report).toContain('**Limits** is new or changed:\n\n> at most 120 requests a minute .');
		expect(report).not.toContain('Errors');
		const [row] = watchedPages(report);
		expect(row).toEqual({ url: URL, read: TODAY, fingerprint: fingerprintOf(now) });
		expect(verdictOn(row, fetched(now))).toEqual({ kind: 'unchanged' });
	});

	it('that has a part more, or a part less, is reported with it', () => {
		const longer = html({ more: '<h3>Retry-After</h3><p>In seconds.</p>' });
		expect(headings(verdictOn(noted(html()), fetched(longer)))).toEqual(['Retry-After']);
		const shorter = verdictOn(noted('# A\none\n# B\ntwo\n'), fetched('# A\none\n'));
		expect(shorter).toMatchObject({ kind: 'changed', newParts: [], partsGone: 1 });
		expect(reportOf(noted(''), shorter, TODAY)).toContain('1 more of the parts of 2026-11-28');
	});

	it.each([404, 410])('that answers %i is gone', (status) => {
		const verdict = verdictOn(noted(html()), fetched('Not found', status));
		expect(verdict).toEqual({ kind: 'gone', status });
		expect(reportOf(noted(html()), verdict, TODAY)).toMatch(/gone \(\d+\).*correct the notes/);
	});

	it.each([
		['nobody answers', fetched('TypeError: fetch failed', 0), 'fetch failed'],
		['it is refused', fetched('<html><body>Are you human?</body></html>', 403), 'it answered 403'],
		['it is empty', fetched('<html><body><script>app()</script></body></html>'), 'it has no words'],
	])('is never taken for changed where %s', (_, page, reason) => {
		const verdict = verdictOn(noted(html()), page);
		expect(verdict).toMatchObject({ kind: 'unreadable', reason: expect.stringContaining(reason) });
		expect(reportOf(noted(html()), verdict, TODAY)).toContain('Read it by hand');
	});

	it('that was never fetched is reported once with its fingerprint', () => {
		const verdict = verdictOn({ url: URL, read: '2026-11-28' }, fetched(html()));
		expect(verdict).toEqual({ kind: 'first', fingerprint: fingerprintOf(html()) });
		expect(watchedPages(reportOf(noted(html()), verdict, TODAY))).toHaveLength(1);
	});
});

describe('an OpenAPI file', () => {
	it('is compared path by path', () => {
		expect(headings(verdictOn(noted(openApi()), fetched(openApi())))).toBe('unchanged');
		expect(headings(verdictOn(noted(openApi()), fetched(openApi({ max: 200 }))))).toEqual(['/leads']);
		const extra = '  /returns:\n    post:\n      summary: Give back\n';
		expect(headings(verdictOn(noted(openApi()), fetched(openApi({ path: extra }))))).toEqual(['/returns']);
	});

	it('with very many paths has a fingerprint that fits into a table, and still names where it changed', () => {
		const many = (summary: string) =>
			openApi({
				path: Array.from(
					{ length: 200 },
					(_, index) =>
						`  /area${index % 7}/item${index}:\n    get:\n      summary: ${index === 10 ? summary : 'Same'}\n`,
				).join(''),
			});
		expect(fingerprintOf(many('a')).split(' ').length).toBeLessThan(20);
		expect(headings(verdictOn(noted(many('a')), fetched(many('b'))))).toEqual(['/area3']);
	});
});

describe('the notes about vendors', () => {
	it.each(notes)('$file lists its public pages, each with its date and fingerprint', ({ text }) => {
		const [, table] = text.split('## Pages watched');
		const rows = table.split('\n## ')[0].match(/^\| </gm) ?? [];
		const pages = watchedPages(text);
		expect(pages.length).toBeGreaterThan(0);
		expect(pages).toHaveLength(rows.length);
		for (const { fingerprint } of pages)
			expect(fingerprint ?? '0000').toMatch(/^[0-9a-f]{4}( [0-9a-f]{4})*$/);
	});
});
