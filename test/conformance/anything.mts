/**
 * A value that takes every question: each member of it is such a value too, it can be called, it is a text where one is
 * needed, and a list or record without entries.
 */
export function anything(): never {
	const value: unknown = new Proxy(() => undefined, {
		get: (_, name) => {
			if (name === Symbol.toPrimitive) return () => 'sample-1';
			if (name === Symbol.iterator) return [][Symbol.iterator];
			if (name === 'then') return undefined;
			return name === 'toString' || name === 'toJSON' ? () => 'sample-1' : value;
		},
		apply: () => value,
		has: () => true,
		ownKeys: () => [],
	});
	return value as never;
}
