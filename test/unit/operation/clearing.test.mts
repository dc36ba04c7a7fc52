import { clearing } from '../../../nodes/shared/operation/clearing.ts';

const { field, input, changes } = clearing(
	[
		['Phone', 'phone'],
		['Tags', 'tags', []],
	],
	'Example',
);

it('offers the fields that can be emptied, none of them chosen', () => {
	expect(field.options).toEqual([
		{ name: 'Phone', value: 'phone' },
		{ name: 'Tags', value: 'tags' },
	]);
	expect([field.default, input.parse(undefined)]).toEqual([[], []]);
});

it('sends null, or what is stated, for a field to empty, and leaves the others', () => {
	expect(changes({ name: 'Ada', phone: undefined }, ['phone', 'tags'])).toEqual({
		name: 'Ada',
		phone: null,
		tags: [],
	});
	expect(changes({ name: null }, [])).toEqual({ name: null });
});

it('refuses an update of nothing, and a field that is both set and emptied', () => {
	expect(() => changes({}, [])).toThrow('There is nothing to update: no field has a value');
	expect(() => changes({ phone: '1' }, ['phone'])).toThrow(
		'The field phone has a value, and is among those to clear',
	);
});
