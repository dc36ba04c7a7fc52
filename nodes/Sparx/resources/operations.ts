import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z, type ZodRawShape } from 'zod';
import { clearing, type Clearable } from '../../shared/operation/clearing';
import { id } from '../../shared/operation/id';
import { operation, type Operation } from '../../shared/operation/operation';
import type { Send } from '../../shared/transport/transport';
import { recordIn } from '../answer';
import { refuseDropped } from '../builds';
import type { Entity } from '../entities';
import { anyPages, recordId } from '../lists';
import { fieldCollection, present } from './fields';

type Input = Record<string, unknown>;

function idIn(input: Input, { id: field }: Entity): string {
	return input[field.name] as string;
}

/** Reads one record. */
export function getOne(entity: Entity): Operation {
	return operation<Input>({
		name: 'Get',
		value: 'get',
		action: `Get ${entity.noun}`,
		description: `Retrieve one ${entity.noun}`,
		fields: [entity.id],
		input: z.object({ [entity.id.name]: id }),
		safety: 'safe',
		orderingKey: (input) => idIn(input, entity),
		request: (input) => ({ method: 'GET', path: [...entity.path, idIn(input, entity)] }),
		output: recordIn,
		simplify: entity.simplify,
	});
}

/** How a list can be narrowed. */
export interface Narrowing {
	/** The filters that a person sees. */
	fields: INodeProperties[];
	/** Of the filters by field name: what the server is asked for. */
	query(filters: IDataObject): IDataObject;
	/** Whether a record is wanted: build A knows fewer filters, ignores the others and gives all. */
	matches(record: IDataObject, filters: IDataObject): boolean;
}

/** Reads the list of all records of a kind. */
export function getManyOf(entity: Entity, { fields, query, matches }: Narrowing): Operation {
	return operation<{ filters: IDataObject }>({
		name: 'Get Many',
		value: 'getMany',
		action: `Get many ${entity.plural}`,
		description: `List ${entity.plural} or search for them`,
		fields: [fieldCollection('Filters', 'filters', 'Add filter', fields)],
		input: z.object({ filters: z.record(z.any()).default({}) }),
		safety: 'safe',
		list: {
			async *pages({ filters }, send, limit) {
				const isNarrowed = Object.keys(filters).length > 0;
				const pages = anyPages(entity.path, query(filters), send, isNarrowed ? Infinity : limit);
				for await (const page of pages) yield page.filter((record) => matches(record, filters));
			},
			recordId,
			version: ({ updatedAt }) => String(updatedAt ?? ''),
		},
		simplify: entity.simplify,
	});
}

/** Changes some fields of a record and nothing else. Throws RequestError; UserError where the server would drop a field. */
export async function changeRecord(
	{ path, resetWhenUnsent, onlyNewer = [] }: Entity,
	recordIdentity: string,
	changes: IDataObject,
	send: Send,
): Promise<IDataObject> {
	const own = [...path, recordIdentity];
	const before = recordIn(await send({ method: 'GET', path: own, safety: 'safe' }));
	refuseDropped(onlyNewer.filter((field) => field in changes && !(field in before)));
	const kept = resetWhenUnsent.filter((field) => before[field] !== undefined && before[field] !== null);
	const body = { ...Object.fromEntries(kept.map((field) => [field, before[field]])), ...changes };
	return recordIn(await send({ method: 'PATCH', path: own, body, safety: 'idempotent' }));
}

/** What an update may change: what a person sees, and what the schema takes. */
export interface Changes {
	/** What a person sees. */
	fields: INodeProperties[];
	/** What the fields may hold. */
	input: ZodRawShape;
	/** What can be emptied. */
	clearable: readonly Clearable[];
	/** The changes with the names of Sparx; without it they are sent as they are, empty ones left out. */
	toApiFields?(values: IDataObject): IDataObject;
}

/** Changes one record. */
export function updateOne(entity: Entity, { fields, input, clearable, toApiFields }: Changes): Operation {
	const cleared = clearing(clearable, 'Sparx');
	return operation<Input>({
		name: 'Update',
		value: 'update',
		action: `Update ${entity.noun}`,
		description: `Change fields of a ${entity.noun}. Fields that are not given stay as they are.`,
		fields: [entity.id, fieldCollection('Update Fields', 'updateFields', 'Add field', fields), cleared.field],
		input: z.object({
			[entity.id.name]: id,
			updateFields: z.object(input).partial().default({}),
			clearFields: cleared.input,
		}),
		safety: 'idempotent',
		orderingKey: (values) => idIn(values, entity),
		run: async (values, send) => {
			const given = present(values.updateFields as IDataObject);
			const changes = cleared.changes(given, values.clearFields as string[]);
			return await changeRecord(entity, idIn(values, entity), toApiFields?.(changes) ?? changes, send);
		},
		simplify: entity.simplify,
	});
}
