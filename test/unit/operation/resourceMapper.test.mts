import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { readInput } from '../../../nodes/shared/operation/input.ts';
import { operation } from '../../../nodes/shared/operation/operation.ts';
import { contextWith } from './parameters.mts';

const write = operation({
	name: 'Write',
	value: 'write',
	action: 'Write record',
	description: 'Takes mapped fields',
	fields: [
		{
			displayName: 'Record Fields',
			name: 'recordFields',
			type: 'resourceMapper',
			default: { mappingMode: 'defineBelow', value: null },
		},
	],
	input: z.object({ recordFields: z.record(z.unknown()).default({}) }),
	safety: 'nonIdempotent',
	request: () => ({ method: 'POST', path: [] }),
});

const column = (id: string, more: IDataObject = {}) => ({
	id,
	displayName: `The ${id}`,
	required: false,
	defaultMatch: false,
	display: true,
	type: 'string',
	...more,
});
const mapper = (more: IDataObject) => ({
	mappingMode: 'defineBelow',
	value: null,
	matchingColumns: [],
	schema: [],
	attemptToConvertTypes: false,
	convertFieldsToString: false,
	...more,
});
const read = (recordFields: unknown, item: IDataObject = {}) =>
	readInput(contextWith([{ ...item, recordFields: recordFields as IDataObject }]), write, 0).input;

describe('mapped by hand', () => {
	it('gives what was filled in, and nothing that was left empty', () => {
		const value = { email: 'a@b.example', seats: 0, active: false, city: '', state: null };
		expect(read(mapper({ value }))).toEqual({
			recordFields: { email: 'a@b.example', seats: 0, active: false },
		});
	});

	it('gives nothing for a mapper that nobody has touched', () => {
		expect(read(mapper({}))).toEqual({ recordFields: {} });
		expect(read(undefined)).toEqual({ recordFields: {} });
	});

	it('leaves out a field that was removed from the mapper', () => {
		const schema = [column('email'), column('city', { removed: true })];
		const value = { email: 'a@b.example', city: 'Austin' };
		expect(read(mapper({ value, schema }))).toEqual({ recordFields: { email: 'a@b.example' } });
	});

	it('names a required field without a value, as the UI labels it', () => {
		const schema = [column('email', { required: true }), column('city')];
		expect(() => read(mapper({ value: { city: 'Austin', email: '' }, schema }))).toThrow(
			'"Record Fields > The email" is missing',
		);
	});
});

describe('mapped from the input', () => {
	const automatic = (schema: object[]) => mapper({ mappingMode: 'autoMapInputData', schema });

	it('takes the fields of the item that the mapper knows', () => {
		const item = { email: 'a@b.example', city: '', other: 1 };
		expect(read(automatic([column('email'), column('city')]), item)).toEqual({
			recordFields: { email: 'a@b.example' },
		});
	});

	it('takes the whole item where the mapper knows no fields', () => {
		const input = read(automatic([]), { email: 'a@b.example', other: 1 }) as { recordFields: IDataObject };
		expect(input.recordFields).toMatchObject({ email: 'a@b.example', other: 1 });
	});

	it('asks for required fields of each item', () => {
		const schema = [column('email', { required: true })];
		expect(() => read(automatic(schema), { city: 'Austin' })).toThrow(
			'"Record Fields > The email" is missing',
		);
	});
});
