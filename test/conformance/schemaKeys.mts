import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { z, type ZodTypeAny } from 'zod';
import type { Operation } from '../../nodes/shared/operation/operation.ts';
import type { Problem } from './rooms.mts';

/** What a field's value is made of, as far as it has parts of its own. */
type Parts = Record<string, ZodTypeAny>;

/** Types of fields that hold no value. */
const WITHOUT_VALUE = ['notice', 'button', 'callout', 'curlImport'];

/** A schema without what is wrapped around it: optional, default, refined, transformed... */
export function bare(schema: ZodTypeAny): ZodTypeAny {
	if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodReadonly)
		return bare(schema.unwrap() as ZodTypeAny);
	if (schema instanceof z.ZodDefault || schema instanceof z.ZodCatch)
		return bare(schema._def.innerType as ZodTypeAny);
	if (schema instanceof z.ZodEffects) return bare(schema.innerType() as ZodTypeAny);
	if (schema instanceof z.ZodPipeline) return bare(schema._def.in as ZodTypeAny);
	if (schema instanceof z.ZodBranded) return bare(schema.unwrap() as ZodTypeAny);
	return schema;
}

/** The parts of an object, or of any of the objects a union allows; `undefined` where any keys may come. */
function partsOf(schema: ZodTypeAny): Parts | undefined {
	const inner = bare(schema);
	if (inner instanceof z.ZodObject) return inner.shape as Parts;
	if (inner instanceof z.ZodIntersection) {
		const [left, right] = [partsOf(inner._def.left as ZodTypeAny), partsOf(inner._def.right as ZodTypeAny)];
		return left && right ? { ...left, ...right } : undefined;
	}
	if (inner instanceof z.ZodUnion || inner instanceof z.ZodDiscriminatedUnion) {
		const all = [...(inner.options as Iterable<ZodTypeAny>)]
			.map(partsOf)
			.filter((parts) => parts !== undefined);
		return all.length > 0 ? Object.assign({}, ...all) : undefined;
	}
	return undefined;
}

/** The schema of one row, where a value may be a list of them. */
function rowOf(schema: ZodTypeAny): ZodTypeAny {
	const inner = bare(schema);
	return inner instanceof z.ZodArray ? (inner.element as ZodTypeAny) : inner;
}

/** A key that takes one value only needs no field. */
function isConstant(schema: ZodTypeAny): boolean {
	return bare(schema) instanceof z.ZodLiteral;
}

function problemsInside(field: INodeProperties, schema: ZodTypeAny, place: string): Problem[] {
	if (field.type === 'collection')
		return problemsBetween(
			(field.options ?? []) as INodeProperties[],
			schema,
			`${place} > ${field.displayName}`,
		);
	if (field.type !== 'fixedCollection') return [];
	const groups = (field.options ?? []) as INodePropertyCollection[];
	const parts = partsOf(schema);
	if (!parts) return [];
	return [
		...unmatched(
			groups.map(({ name }) => name),
			parts,
			`${place} > ${field.displayName}`,
		),
		...groups
			.filter(({ name }) => name in parts)
			.flatMap(({ name, displayName, values }) =>
				problemsBetween(values, rowOf(parts[name]), `${place} > ${field.displayName} > ${displayName}`),
			),
	];
}

function unmatched(names: string[], parts: Parts, place: string): Problem[] {
	const lost = names.filter((name) => !(name in parts));
	const unreachable = Object.keys(parts).filter((key) => !names.includes(key) && !isConstant(parts[key]));
	return [
		...lost.map(
			(name) => `${place}: the field "${name}" has no key in the schema, so what people enter is dropped`,
		),
		...unreachable.map((key) => `${place}: the schema's key "${key}" has no field, so nobody can enter it`),
	];
}

function problemsBetween(fields: INodeProperties[], schema: ZodTypeAny, place: string): Problem[] {
	const parts = partsOf(schema);
	if (!parts) return [];
	const valued = fields.filter(({ type }) => !WITHOUT_VALUE.includes(type));
	const names = [...new Set(valued.map(({ name }) => name))];
	return [
		...unmatched(names, parts, place),
		...valued
			.filter(({ name }) => name in parts)
			.flatMap((field) => problemsInside(field, parts[field.name], place)),
	];
}

/** Whether an operation's fields are the keys of its schema, those in collections included. */
export function problemsOfKeys({ fields, options, input }: Operation<string>, place: string): Problem[] {
	const shown: INodeProperties[] = options
		? [...fields, { displayName: 'Options', name: 'options', type: 'collection', default: {}, options }]
		: fields;
	return problemsBetween(shown, input as ZodTypeAny, place);
}

/** The schema of a place inside an operation's input; `undefined` where there is none of its own. */
export function schemaAt(schema: ZodTypeAny, path: string[]): ZodTypeAny | undefined {
	const [name, ...rest] = path;
	if (name === undefined) return schema;
	const next = partsOf(rowOf(schema))?.[name];
	return next && schemaAt(next, rest);
}
