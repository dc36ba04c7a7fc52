import fc from 'fast-check';
import { jsonSchema, merge, shapeOf, unknownIn } from '../../lab/outputs/shape.mts';

const member = fc.constantFrom('id', 'email', 'items', 'total', 'customFields');
const { value } = fc.letrec((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3 },
		fc.string(),
		fc.integer(),
		fc.double({ noNaN: true, noDefaultInfinity: true }),
		fc.boolean(),
		fc.constant(null),
		fc.array(tie('value'), { maxLength: 3 }),
		fc.dictionary(member, tie('value'), { maxKeys: 4 }),
	),
}));

describe('the shape of several values', () => {
	it('fits each of them, in whatever order they came', () => {
		fc.assert(
			fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (values) => {
				const shape = values.map((each) => shapeOf(each)).reduce(merge, undefined);
				const reversed = [...values]
					.reverse()
					.map((each) => shapeOf(each))
					.reduce(merge, undefined);
				for (const each of values) {
					expect(unknownIn(shape, each)).toEqual([]);
					expect(unknownIn(reversed, each)).toEqual([]);
				}
			}),
		);
	});

	it('names what is new, with its path and type', () => {
		const shape = shapeOf({ id: 'a', items: [{ sku: 'x' }], customFields: { plan: 'pro' } });
		expect(
			unknownIn(shape, { id: 1, items: [{ sku: 'x', size: 2 }], email: 'a@b', customFields: { x: 1 } }),
		).toEqual(['id (integer)', 'items[].size (integer)', 'email (string)']);
		expect(unknownIn(shape, { id: null })).toEqual([]);
	});
});

it('is a JSON Schema whose first type n8n shows', () => {
	const shape = merge(
		shapeOf({ id: 'a', tags: ['x'], customFields: { plan: 'pro' } }),
		shapeOf({ id: null, total: 1, customFields: {} }),
	);
	expect(jsonSchema(merge(shape, shapeOf({ total: 1.5 }))!)).toEqual({
		type: 'object',
		properties: {
			id: { type: ['string', 'null'] },
			tags: { type: 'array', items: { type: 'string' } },
			customFields: { type: 'object' },
			total: { type: 'number' },
		},
	});
});
