import type { IDataObject } from 'n8n-workflow';

/** No step nests deeper; what does is refused instead of read. */
const MAX_DEPTH = 50;

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
	return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,4});/gi, (whole, name: string) => {
		if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
		const isHex = name[1].toLowerCase() === 'x';
		const code = parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
}

interface Element {
	name: string;
	text: string;
	children: Array<[string, unknown]>;
}

/** What an element says: its text, or its children by name; those of one name as a list. */
function valueOf({ text, children }: Element): unknown {
	if (children.length === 0) return text.trim();
	const values: IDataObject = {};
	for (const [name, value] of children) {
		if (name === '__proto__') continue;
		const known = values[name];
		values[name] = (name in values ? [known, value].flat() : value) as IDataObject;
	}
	return values;
}

/** Behind a comment, a declaration or CDATA that starts here, with its text; `undefined` for an element's tag. */
function special(xml: string, start: number): { end: number; text: string } | undefined {
	const kinds: Array<[string, string]> = [
		['<![CDATA[', ']]>'],
		['<!--', '-->'],
		['<?', '?>'],
	];
	const kind = kinds.find(([opening]) => xml.startsWith(opening, start));
	if (!kind) return undefined;
	const [opening, closing] = kind;
	const end = xml.indexOf(closing, start + opening.length);
	if (end < 0) return { end: xml.length, text: '' };
	const text = opening === '<![CDATA[' ? xml.slice(start + opening.length, end) : '';
	return { end: end + closing.length, text };
}

/**
 * The fields of an XML document, one pass in a time that grows with its size alone. Attributes say nothing here;
 * document types are refused, since their entities could make a small document large.
 * @returns `undefined` for what is no whole document with at least one field
 */
export function parseXml(xml: string): IDataObject | undefined {
	const stack: Element[] = [{ name: '', text: '', children: [] }];
	let place = 0;
	while (place < xml.length) {
		const top = stack[stack.length - 1];
		const start = xml.indexOf('<', place);
		top.text += unescaped(xml.slice(place, start < 0 ? xml.length : start));
		if (start < 0) break;
		const skipped = special(xml, start);
		if (skipped) {
			top.text += skipped.text;
			place = skipped.end;
			continue;
		}
		const end = xml.indexOf('>', start);
		if (end < 0 || xml[start + 1] === '!') return undefined;
		const tag = xml.slice(start + 1, end);
		place = end + 1;
		if (tag.startsWith('/')) {
			const parent = stack[stack.length - 2] as Element | undefined;
			if (!parent || tag.slice(1).trim() !== top.name) return undefined;
			stack.pop();
			parent.children.push([top.name, valueOf(top)]);
			continue;
		}
		const isEmpty = tag.endsWith('/');
		const [name] = (isEmpty ? tag.slice(0, -1) : tag).split(/\s/, 1);
		if (name === '') return undefined;
		if (isEmpty) top.children.push([name, '']);
		else if (stack.length > MAX_DEPTH) return undefined;
		else stack.push({ name, text: '', children: [] });
	}
	const [root, ...others] = stack[0].children;
	if (stack.length !== 1 || !root || others.length > 0 || stack[0].text.trim() !== '') return undefined;
	const [, fields] = root;
	return typeof fields === 'object' && fields !== null ? (fields as IDataObject) : undefined;
}
