/** What values of one place look like: which JSON types they have, the members of objects and the entries of arrays. */
export interface Shape {
	types: JsonType[];
	properties?: Record<string, Shape>;
	items?: Shape;
}

type JsonType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';

/** In this order types are listed; n8n shows the first of several. */
const TYPES: JsonType[] = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'null'];

/** Members that hold what an account's own people named; their names say nothing about other accounts. */
const OPEN = new Set([
	'customFields',
	'custom_fields',
	'attributes',
	'metadata',
	'headers',
	'group',
	'appended',
]);

function typeOf(value: unknown): JsonType {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	return typeof value as JsonType;
}

/** The shape of one value; undefined for what JSON leaves out. `name` is that of the member it stands in. */
export function shapeOf(value: unknown, name = ''): Shape | undefined {
	if (value === undefined || typeof value === 'function') return undefined;
	if (value instanceof Date) return { types: ['string'] };
	const type = typeOf(value);
	if (type === 'array') {
		const items = (value as unknown[]).map((entry) => shapeOf(entry)).reduce(merge, undefined);
		return { types: [type], ...(items && { items }) };
	}
	if (type !== 'object' || OPEN.has(name)) return { types: [type] };
	const members = Object.entries(value as object).flatMap(([key, member]) => {
		const shape = shapeOf(member, key);
		return shape ? [[key, shape] as const] : [];
	});
	return { types: [type], properties: Object.fromEntries(members) };
}

/** The shape of everything that has one of two shapes. */
export function merge(one: Shape | undefined, other: Shape | undefined): Shape | undefined {
	if (!one || !other) return one ?? other;
	const both = new Set([...one.types, ...other.types]);
	if (both.has('number')) both.delete('integer');
	const items = merge(one.items, other.items);
	const names = [...new Set([...Object.keys(one.properties ?? {}), ...Object.keys(other.properties ?? {})])];
	const properties = names.map((name) => [name, merge(one.properties?.[name], other.properties?.[name])]);
	return {
		types: TYPES.filter((type) => both.has(type)),
		...((one.properties || other.properties) && { properties: Object.fromEntries(properties) }),
		...(items && { items }),
	};
}

/** What a value has that its shape lacks, as paths with types; none when it fits. A null is a member without a value. */
export function unknownIn(shape: Shape | undefined, value: unknown, path = '', name = ''): string[] {
	const found = shapeOf(value, name);
	if (!found) return [];
	const [type] = found.types;
	if (shape && type === 'null') return [];
	const fits = shape?.types.includes(type) || (type === 'integer' && shape?.types.includes('number'));
	if (!shape || !fits) return [`${path || 'the item'} (${type})`];
	if (type === 'array')
		return (value as unknown[]).flatMap((entry) => unknownIn(shape.items, entry, `${path}[]`));
	if (type !== 'object' || OPEN.has(name)) return [];
	return Object.entries(value as object).flatMap(([key, member]) =>
		unknownIn(shape.properties?.[key], member, path ? `${path}.${key}` : key, key),
	);
}

/** The JSON Schema by which n8n's editor shows the output before the node has run. */
export function jsonSchema({ types, properties, items }: Shape): object {
	return {
		type: types.length === 1 ? types[0] : types,
		...(properties && {
			properties: Object.fromEntries(
				Object.entries(properties).map(([name, shape]) => [name, jsonSchema(shape)]),
			),
		}),
		...(items && { items: jsonSchema(items) }),
	};
}
