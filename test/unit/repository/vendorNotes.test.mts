import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../../..');
const notesFolder = 'docs/vendors';

/** What GitHub makes of a heading in the address of a page. */
function anchor(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N} _-]/gu, '')
		.replaceAll(' ', '-');
}

function anchorsOf(page: string): Set<string> {
	const text = readFileSync(path.join(root, notesFolder, page), 'utf8');
	return new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading)));
}

const pages = new Map(readdirSync(path.join(root, notesFolder)).map((page) => [page, anchorsOf(page)]));

const sources = ['nodes', 'credentials', 'sandbox'].flatMap((folder) =>
	readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.m?ts$/.test(file))
		.map((file) => path.join(folder, file))
		// Until docs/vendors/sparx.md has been written, Sparx's comments have nothing to link to.
		.filter((file) => !/sparx/i.test(file) || pages.has('sparx.md')),
);

/** The comments of a source, each with its line; a quotation mark or a slash before `//` tells an address from one. */
function commentLines(file: string): Array<{ line: number; text: string }> {
	return readFileSync(path.join(root, file), 'utf8')
		.split('\n')
		.map((text, index) => ({ line: index + 1, text }))
		.filter(({ text }) => /^\s*(\/\*|\*|\/\/)|\s\/\/\s/.test(text));
}

describe('facts about vendors', () => {
	it('are told by comments in words, never by the section of notes that are not in the repository', () => {
		const cites = sources.flatMap((file) =>
			commentLines(file)
				.filter(({ text }) => /\bcontracts?(\/|,? sections?| §?\d)/i.test(text))
				.map(({ line, text }) => `${file}:${line} ${text.trim()}`),
		);
		expect(cites).toEqual([]);
	});

	it('have the page and the heading that comments link to', () => {
		const links = sources.flatMap((file) =>
			commentLines(file).flatMap(({ line, text }) =>
				[...text.matchAll(/docs\/vendors\/([\w.-]+\.md)(?:#([\w-]+))?/g)].map(([link, page, heading]) => ({
					place: `${file}:${line}`,
					link,
					found: pages.has(page) && (heading === undefined || pages.get(page)!.has(heading)),
				})),
			),
		);
		expect(links.length).toBeGreaterThan(100);
		expect(links.filter(({ found }) => !found)).toEqual([]);
	});

	it('say where they are from: each page lists its sources, and each tag that it uses is one of them', () => {
		for (const page of pages.keys()) {
			const text = readFileSync(path.join(root, notesFolder, page), 'utf8');
			const listed = new Set([...text.matchAll(/^\| `\[([^\]]+)\]` \|/gm)].map(([, tag]) => tag));
			const used = new Set([...text.matchAll(/`\[([^\]"{}]+)\]`/g)].map(([, tag]) => tag));
			const unknown = [...used].filter((tag) => !listed.has(tag) && !['assumed', 'inferred'].includes(tag));
			expect({ page, sources: listed.size > 0, unknown }).toEqual({ page, sources: true, unknown: [] });
		}
	});
});
