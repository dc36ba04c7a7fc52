import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { ZodIssue } from 'zod';

/** Where a value stands in the parameters of a node: names of fields, and places in lists. */
export type Path = Array<string | number>;

/** Wrong input that no schema can see, such as malformed JSON. */
export class FieldError extends Error {
	constructor(
		readonly path: Path,
		message: string,
	) {
		super(message);
	}
}

/** The label of the field that a path leads to, with what of the path lies inside the field's value. */
export function labelAt(path: Path, fields: INodeProperties[]): string {
	const [name, ...rest] = path;
	const field = fields.find((candidate) => candidate.name === name);
	if (!field) return path.join('.');
	if (rest.length === 0) return field.displayName;
	if (field.type === 'collection') return labelAt(rest, (field.options ?? []) as INodeProperties[]);
	if (field.type === 'fixedCollection') {
		const [groupName, ...below] = rest;
		const group = ((field.options ?? []) as INodePropertyCollection[]).find(
			(candidate) => candidate.name === groupName,
		);
		if (!group) return field.displayName;
		// A group that may be added several times holds rows; one that stands once holds its fields.
		const row = typeof below[0] === 'number' ? below[0] : undefined;
		const place = row === undefined ? field.displayName : `${field.displayName} ${row + 1}`;
		const inner = row === undefined ? below : below.slice(1);
		return inner.length > 0 ? `${place} > ${labelAt(inner, group.values)}` : place;
	}
	return `${field.displayName} > ${rest.join('.')}`;
}

function shown(value: unknown): string {
	return typeof value === 'string' ? `the text "${value}"` : (JSON.stringify(value) ?? 'nothing');
}

function valueAt(path: Path, input: unknown): unknown {
	return path.reduce<unknown>(
		(value, key) => (value as Record<string | number, unknown> | undefined)?.[key],
		input,
	);
}

const TYPE_NAMES: Record<string, string> = {
	string: 'a text',
	number: 'a number',
	integer: 'a whole number',
	boolean: 'true or false',
	object: 'an object',
	array: 'a list',
};

/** What is wrong with a value, in words that follow the label of its field. */
export function saying(issue: ZodIssue, input: unknown): string {
	const value = valueAt(issue.path, input);
	if (value === undefined) return 'is missing';
	if (issue.code === 'invalid_type') {
		return `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}, but is ${shown(value)}`;
	}
	if (issue.code === 'invalid_union') return saying(issue.unionErrors[0].issues[0], input);
	return issue.message;
}
