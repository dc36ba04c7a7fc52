import { NodeOperationError, type IDataObject, type INodeProperties } from 'n8n-workflow';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { id } from '../../../nodes/shared/operation/id.ts';
import { readInput } from '../../../nodes/shared/operation/input.ts';
import { operation } from '../../../nodes/shared/operation/operation.ts';
import { contextWith } from './parameters.mts';

const field = (
	displayName: string,
	name: string,
	type: INodeProperties['type'],
	more: Partial<INodeProperties> = {},
): INodeProperties => ({
	displayName,
	name,
	type,
	default: '',
	...more,
});

/** An operation with one field of every kind; nothing has to be given. */
const texts = {
	name: 'Test',
	value: 'test',
	action: 'Test',
	description: 'Takes all kinds of fields',
	fields: [
		{ displayName: 'Read this', name: 'notice', type: 'notice', default: '' },
		field('Full Name', 'fullName', 'string'),
		field('Number of Seats', 'seats', 'number'),
		field('Is Customer', 'isCustomer', 'boolean'),
		field('Due Date', 'due', 'dateTime'),
		field('Raw Data', 'raw', 'json'),
		field('Flow', 'flowId', 'resourceLocator'),
		field('Filters', 'filters', 'collection', {
			options: [
				field('Start Date', 'start', 'dateTime'),
				field('Age', 'age', 'number'),
				field('Extra', 'extra', 'json'),
			],
		}),
		field('Custom Fields', 'customFields', 'fixedCollection', {
			options: [
				{
					displayName: 'Field',
					name: 'field',
					values: [
						field('Name', 'name', 'string'),
						field('Amount', 'amount', 'number'),
						field('When', 'when', 'dateTime'),
					],
				},
			],
		}),
	] as INodeProperties[],
	input: z.object({
		fullName: z.string().optional(),
		seats: z.number().int('must be a whole number').optional(),
		isCustomer: z.boolean().optional(),
		due: z.string().optional(),
		raw: z
			.object({ email: z.string().optional(), tags: z.array(z.string()).optional() })
			.passthrough()
			.optional(),
		flowId: id.optional(),
		filters: z
			.object({ start: z.string(), age: z.number(), extra: z.record(z.unknown()) })
			.partial()
			.optional(),
		customFields: z
			.object({
				field: z.array(
					z.object({ name: z.string(), amount: z.number().optional(), when: z.string().optional() }),
				),
			})
			.optional(),
	}),
	safety: 'safe' as const,
};
const everything = operation({ ...texts, request: () => ({ method: 'GET', path: [] }) });

const read = (values: IDataObject, timezone?: string) =>
	readInput(contextWith([values], timezone), everything, 0);
const inputOf = (values: IDataObject): unknown => read(values).input;

function refusalOf(values: IDataObject): NodeOperationError {
	let thrown: unknown;
	try {
		read(values);
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toBeInstanceOf(NodeOperationError);
	return thrown as NodeOperationError;
}

describe('where a wrong value stands', () => {
	it.each([
		['at the top', { seats: 'many' }, '"Number of Seats" must be a number, but is the text "many"'],
		['in a collection', { filters: { age: 'old' } }, '"Age" must be a number, but is the text "old"'],
		[
			'in a row of a fixed collection',
			{ customFields: { field: [{ name: 'a' }, { name: 'b', amount: true }] } },
			'"Custom Fields 2 > Amount" must be a number, but is true',
		],
		[
			'in a fixed collection that has no rows',
			{ customFields: { field: { name: 'a', when: 'never' } } },
			'"Custom Fields 1 > When" must be a date, but is "never"',
		],
		['missing in a row', { customFields: { field: [{ name: '' }] } }, '"Custom Fields 1 > Name" is missing'],
		['in JSON', { raw: '{ "email": 5 }' }, '"Raw Data > email" must be a text, but is 5'],
		['deep in JSON', { raw: { tags: ['a', 2] } }, '"Raw Data > tags.1" must be a text, but is 2'],
		['in JSON of a collection', { filters: { extra: '[]' } }, '"Extra" must be an object, but is []'],
		['null in JSON', { raw: { email: null } }, '"Raw Data > email" must be a text, but is null'],
	])('is said with the labels of the UI: %s', (_case, values, message) => {
		expect(refusalOf(values).message).toBe(message);
	});

	it('is said with the item, and that nothing was sent', () => {
		const context = contextWith([{ seats: 1 }, { seats: '1' }]);
		expect(readInput(context, everything, 0).input).toEqual({ seats: 1 });
		expect(() => readInput(context, everything, 1)).toThrow(
			expect.objectContaining({
				context: expect.objectContaining({ itemIndex: 1 }),
				description: 'Nothing was sent for this item. Correct the value, or the expression that gives it.',
			}),
		);
	});
});

describe('types', () => {
	it.each([
		['a text for a number', { seats: '100' }, '"Number of Seats" must be a number, but is the text "100"'],
		['a fraction for a whole number', { seats: 1.5 }, '"Number of Seats" must be a whole number, but is 1.5'],
		['a number for a text', { fullName: 100 }, '"Full Name" must be a text, but is 100'],
		[
			'a text for a boolean',
			{ isCustomer: 'true' },
			'"Is Customer" must be true or false, but is the text "true"',
		],
		['a number for a boolean', { isCustomer: 1 }, '"Is Customer" must be true or false, but is 1'],
		['a list for an object', { raw: '[1]' }, '"Raw Data" must be an object, but is [1]'],
		[
			'an object for a text',
			{ fullName: { first: 'Ada' } },
			'"Full Name" must be a text, but is {"first":"Ada"}',
		],
	])('are kept: %s is refused', (_case, values, message) => {
		expect(refusalOf(values).message).toBe(message);
	});

	it('are kept where they are right, also 0 and false', () => {
		const values = { fullName: '100', seats: 0, isCustomer: false };
		expect(inputOf(values)).toEqual(values);
	});

	it.each([['limit'], ['maxConcurrentRequests'], ['maxWait']])(
		"of the runner's own field %s are kept as well",
		(name) => {
			const values = name === 'limit' ? { limit: '5' } : { options: { [name]: '5' } };
			const listing = operation({ ...texts, list: { pages: neverRead, recordId: () => '' } });
			expect(() => readInput(contextWith([values]), listing, 0)).toThrow(
				/must be a number, but is the text "5"/,
			);
		},
	);
});

async function* neverRead(): AsyncGenerator<IDataObject[]> {}

describe('what was left empty', () => {
	it('is left out, on every level', () => {
		const values = {
			fullName: '',
			seats: null,
			due: '',
			raw: '  ',
			filters: { start: '', age: null },
			customFields: { field: [{ name: 'a', amount: null, when: '' }] },
		};
		expect(inputOf(values)).toEqual({ filters: {}, customFields: { field: [{ name: 'a' }] } });
	});

	it('falls back on the settings that the UI shows', () => {
		expect(read({}).settings).toEqual({
			returnAll: false,
			limit: 50,
			simplify: true,
			options: { maxConcurrentRequests: 5, maxWait: 7200, whenAlreadyDone: 'item' },
		});
	});
});

describe('dates', () => {
	it.each<[string, unknown, string]>([
		['without a zone, in that of the workflow', '2026-02-03T08:00:00', '2026-02-03T07:00:00.000Z'],
		['without a zone, in summer', '2026-07-03T08:00:00', '2026-07-03T06:00:00.000Z'],
		['as the picker writes them', '2026-02-03 08:00:00', '2026-02-03T07:00:00.000Z'],
		['without a time', '2026-02-03', '2026-02-02T23:00:00.000Z'],
		['with an offset', '2026-02-03T08:00:00+02:00', '2026-02-03T06:00:00.000Z'],
		['in UTC', '2026-02-03T08:00:00Z', '2026-02-03T08:00:00.000Z'],
		['as mail and HTTP write them', 'Tue, 03 Feb 2026 08:00:00 GMT', '2026-02-03T08:00:00.000Z'],
		['as a Date', new Date('2026-02-03T08:00:00Z'), '2026-02-03T08:00:00.000Z'],
		[
			'as a DateTime of Luxon',
			DateTime.fromISO('2026-02-03T08:00:00', { zone: 'Asia/Tokyo' }),
			'2026-02-02T23:00:00.000Z',
		],
	])('are read %s', (_case, due, iso) => {
		expect(inputOf({ due: due as string, filters: { start: due as string } })).toEqual({
			due: iso,
			filters: { start: iso },
		});
	});

	it.each<[string, unknown]>([
		['not a date', 'tomorrow'],
		['no such day', '2026-02-30'],
		['an invalid Date', new Date('x')],
		['a boolean', true],
		['an object', {}],
		['epoch milliseconds', 1769990400000],
		['epoch seconds', 1769990400],
		['a small number', 100],
		['zero', 0],
		['a number in a text', '100'],
		['an hour', '12'],
		['a text with a number', 'lead 1'],
	])('are refused rather than guessed: %s', (_case, due) => {
		expect(refusalOf({ due: due as string }).message).toMatch(/^"Due Date" must be a date, but is "/);
	});
});

describe('JSON', () => {
	it.each([
		['an object', { email: 'ada@example.com' }],
		['text', '{ "email": "ada@example.com" }'],
		['text with blanks around it', '\n { "email": "ada@example.com" } '],
	])('is taken as %s', (_case, raw) => {
		expect(inputOf({ raw })).toEqual({ raw: { email: 'ada@example.com' } });
	});

	it.each([['{ "email": '], ['email'], ['{ email: 1 }'], ['undefined'], ['[object Object]']])(
		'is refused where it is malformed: %s',
		(raw) => {
			expect(refusalOf({ raw }).message).toMatch(/^"Raw Data" is not valid JSON: /);
			expect(refusalOf({ filters: { extra: raw } }).message).toMatch(/^"Extra" is not valid JSON: /);
		},
	);
});

describe('IDs', () => {
	it('are taken out of a resource locator', () => {
		const locator = { __rl: true, mode: 'list', value: 'QX7R20MB', cachedResultName: 'A flow' };
		expect(inputOf({ flowId: locator })).toEqual({ flowId: 'QX7R20MB' });
	});

	it('of an empty resource locator are missing', () => {
		const required = { ...everything, input: z.object({ flowId: id }) };
		const values = { flowId: { __rl: true, mode: 'list', value: '' } };
		expect(() => readInput(contextWith([values]), required, 0)).toThrow('"Flow" is missing');
	});

	it.each<[unknown, string]>([
		['QX7R20MB', 'QX7R20MB'],
		[' QX7R20MB\n', 'QX7R20MB'],
		[42, '42'],
		[0, '0'],
		['a b+c%2F', 'a b+c%2F'],
	])('may be %j', (given, taken) => {
		expect(id.parse(given)).toBe(taken);
	});

	it.each([
		[''],
		['  '],
		['.'],
		['..'],
		[' .. '],
		['a/b'],
		['../leads'],
		['a\\b'],
		[null],
		[{}],
		[['a']],
		[true],
	])('may not be %j', (given) => {
		expect(id.safeParse(given).success).toBe(false);
	});
});
