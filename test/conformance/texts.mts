import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import type { Operation } from '../../nodes/shared/operation/operation.ts';
import type { Problem } from './rooms.mts';

/** Words that n8n's title case leaves in lower case. */
const SMALL_WORDS = [
	'a',
	'an',
	'and',
	'as',
	'at',
	'by',
	'for',
	'from',
	'in',
	'of',
	'on',
	'or',
	'per',
	'the',
	'to',
	'via',
	'with',
];

/** An example, or what a button does; n8n has one spelling for email addresses. */
const PLACEHOLDER = /^(e\.g\. |(Add|Set|Select|Choose) |name@email\.com$)/;

const ARTICLES = /\b(a|an|the)\b/i;

function isTitleCase(text: string): boolean {
	const words = text.split(/[\s/]+/).map((word) => word.replace(/^[^\p{L}\d]+/u, ''));
	return words.every((word, place) => !/^\p{Ll}/u.test(word) || (place > 0 && SMALL_WORDS.includes(word)));
}

function problemsOfDescription(description: string | undefined, place: string): Problem[] {
	if (!description) return [];
	const sentences = description.split(/[.!?](?:\s|$)/).filter(Boolean).length;
	return [
		...(/^[\p{Ll}]/u.test(description) ? [`${place}: the description starts with a capital letter`] : []),
		...(sentences === 1 && description.endsWith('.')
			? [`${place}: a description of one sentence ends without a full stop`]
			: []),
	];
}

function problemsOfChoices(options: INodePropertyOptions[], place: string): Problem[] {
	const names = options.map(({ name }) => name);
	return [
		...names
			.filter((name, at) => names.indexOf(name) !== at)
			.map((name) => `${place}: "${name}" is there twice`),
		...options.flatMap(({ name, description }) => problemsOfDescription(description, `${place} > ${name}`)),
	];
}

/** Whether a field reads as n8n's UX guide wants it, with all that is inside it. */
export function problemsOfField(field: INodeProperties, place: string): Problem[] {
	const { displayName, type, description, placeholder, options = [], default: initial } = field;
	const here = `${place} > ${displayName}`;
	if (type === 'notice' || type === 'hidden') return [];
	const own: Array<[boolean, Problem]> = [
		[!isTitleCase(displayName), `${here}: the label is in title case`],
		[
			type === 'boolean' && !description?.startsWith('Whether'),
			`${here}: the description of a switch starts with "Whether"`,
		],
		[
			placeholder !== undefined && !PLACEHOLDER.test(placeholder),
			`${here}: the placeholder starts with "e.g."`,
		],
		[
			type === 'resourceLocator' && field.modes?.[0]?.name !== 'list',
			`${here}: the first way to pick is From List`,
		],
		[
			type === 'resourceLocator' && !field.modes?.some(({ name }) => name === 'id'),
			`${here}: an ID can be given too (mode "id")`,
		],
		[
			type === 'options' &&
				!options.some((option) => (option as INodePropertyOptions).value === initial) &&
				!field.typeOptions?.loadOptionsMethod,
			`${here}: the default is one of the options`,
		],
	];
	return [
		...own.flatMap(([isWrong, problem]) => (isWrong ? [problem] : [])),
		...problemsOfDescription(description, here),
		...(type === 'collection'
			? (options as INodeProperties[]).flatMap((inner) => problemsOfField(inner, here))
			: []),
		...(type === 'fixedCollection'
			? (options as INodePropertyCollection[]).flatMap(({ values }) =>
					values.flatMap((inner) => problemsOfField(inner, here)),
				)
			: []),
		...(type === 'options' || type === 'multiOptions'
			? problemsOfChoices(options as INodePropertyOptions[], here)
			: []),
	];
}

/** Whether an operation's own texts read as n8n's UX guide wants them. */
export function problemsOfTexts(
	{ name, value, action, description, fields, options = [], list }: Operation<string>,
	place: string,
): Problem[] {
	const wrong: Array<[boolean, Problem]> = [
		[!isTitleCase(name), `${place}: the name "${name}" is in title case`],
		[!/^[a-z][a-zA-Z]*$/.test(value), `${place}: the value "${value}" is in camel case`],
		[!/^\p{Lu}/u.test(action), `${place}: the action "${action}" starts with a capital letter`],
		[ARTICLES.test(action), `${place}: the action "${action}" has no articles`],
		[action.toLowerCase() === name.toLowerCase(), `${place}: the action "${action}" names the record too`],
		[
			description.toLowerCase() === action.toLowerCase() || description.toLowerCase() === name.toLowerCase(),
			`${place}: the description says more than the name, in other words`,
		],
		[description.length < 15, `${place}: the description is a sentence`],
		[Boolean(list) && value === 'getAll', `${place}: a list is called getMany`],
		[
			name === 'Get Many' && !list,
			`${place}: "Get Many" reads page by page (list), with Return All and Limit`,
		],
	];
	return [
		...wrong.flatMap(([isWrong, problem]) => (isWrong ? [problem] : [])),
		...problemsOfDescription(description, place),
		...[...fields, ...options].flatMap((field) => problemsOfField(field, place)),
	];
}
