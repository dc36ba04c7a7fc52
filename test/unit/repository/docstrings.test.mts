import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(__dirname, '../../..');

/** What a source exports, and what it lacks: `file:line name`. */
function undocumentedIn(file: string, text: string): string[] {
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
	const place = (node: ts.Node, name: string): string =>
		`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${name}`;
	const lacking = (node: ts.Node, name: string): string[] =>
		ts.getJSDocCommentsAndTags(node).length > 0 ? [] : [place(node, name)];

	return source.statements.flatMap((statement) => {
		const isExported =
			ts.canHaveModifiers(statement) &&
			ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
		if (!isExported) return [];
		if (ts.isFunctionDeclaration(statement)) return lacking(statement, statement.name?.text ?? 'default');
		if (!ts.isInterfaceDeclaration(statement)) return [];
		// `never` says by itself that the member is not there.
		const members = statement.members.filter(
			(member) => !(ts.isPropertySignature(member) && member.type?.kind === ts.SyntaxKind.NeverKeyword),
		);
		const { text: name } = statement.name;
		return [
			...lacking(statement, name),
			...members.flatMap((member) =>
				lacking(member, `${name}.${(member.name as ts.Identifier | undefined)?.text ?? ''}`),
			),
		];
	});
}

it('finds what has no docstring', () => {
	const text = [
		'/** Has one. */',
		'export interface Room {',
		'\tdoors: number;',
		'\t/** Has one. */',
		'\twindows: number;',
		'\troof?: never;',
		'}',
		'export function enter(): void {}',
		'function own(): void {}',
	].join('\n');

	expect(undocumentedIn('room.ts', text)).toEqual(['room.ts:3 Room.doors', 'room.ts:8 enter']);
});

it('has a docstring at every exported function, and at every interface with all its members', () => {
	const files = ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.map((file) => path.join(folder, file)),
	);

	expect(files.flatMap((file) => undocumentedIn(file, readFileSync(path.join(root, file), 'utf8')))).toEqual(
		[],
	);
});
