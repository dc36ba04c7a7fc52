import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../shared/operation/id';
import { operation, type Operation, type OperationBase } from '../../shared/operation/operation';
import type { OptionalFields } from '../fields';
import { listReading, type SparkLoopList } from '../lists';
import type { Entity } from '../entities';
import { part, toApiFields } from '../apiFields';

/** Where an operation is not called what its kind is called. */
type Naming = Partial<Pick<Operation, 'name' | 'value' | 'action' | 'description'>>;

type Input = Record<string, unknown>;

/** The ID that an input names a thing by. */
function idIn(input: Input, thing: Entity): string {
	return input[thing.id.name] as string;
}

function pathIn(input: Input, thing: Entity): string[] {
	return [...thing.path, idIn(input, thing)];
}

/** Reads one thing. */
export function getOne(thing: Entity, naming: Naming = {}): Operation {
	return operation<Input>({
		name: 'Get',
		value: 'get',
		action: `Get ${thing.noun}`,
		description: `Retrieve one ${thing.noun}`,
		...naming,
		fields: [thing.id],
		input: z.object({ [thing.id.name]: id }),
		safety: 'safe',
		orderingKey: (input) => idIn(input, thing),
		request: (input) => ({ method: 'GET', path: pathIn(input, thing) }),
		output: (answer) => part(answer, thing.one),
		simplify: thing.simplify,
	});
}

/** A list that is read page by page. */
interface ListDefinition<Input>
	extends Pick<
		OperationBase<Input>,
		'name' | 'value' | 'action' | 'description' | 'fields' | 'input' | 'simplify'
	> {
	list(input: Input): SparkLoopList;
	recordId?(record: IDataObject): string;
}

/** Reads a list. */
export function listOperation<Input>({ list, recordId, ...definition }: ListDefinition<Input>): Operation {
	return operation<Input>({ ...definition, safety: 'safe', list: listReading(list, recordId) });
}

/** How a list can be narrowed. */
interface Narrowing {
	filters: OptionalFields;
	query(filters: Input): IDataObject;
}

/** Reads the list of all things of a kind. */
export function getMany(thing: Entity, naming: Naming = {}, narrowing?: Narrowing): Operation {
	const { path, many: key } = thing;
	const narrow = narrowing ?? { filters: undefined, query: () => ({}) };
	return listOperation<Input>({
		name: 'Get Many',
		value: 'getMany',
		action: `Get many ${thing.plural}`,
		description: `List ${thing.plural}, the newest first`,
		...naming,
		fields: narrow.filters ? [narrow.filters.field] : [],
		input: z.object(narrow.filters ? { filters: narrow.filters.schema } : {}),
		list: ({ filters = {} }) => ({ path, key, query: narrow.query(filters as Input) }),
		simplify: thing.simplify,
	});
}

/** For every update: fields that are not given are not sent. */
export const HOW_TO_CLEAR = 'SparkLoop does not say how to clear one; API Request > Send passes null on.';

/**
 * Changes fields of a thing. SparkLoop takes PUT with only what changes, never PATCH
 * (docs/vendors/sparkloop.md#authentication).
 */
export function updateOne(thing: Entity, changes: OptionalFields, naming: Naming = {}): Operation {
	return operation<Input>({
		name: 'Update',
		value: 'update',
		action: `Update ${thing.noun}`,
		description: `Change fields of a ${thing.noun}. Fields that are not given stay as they are. ${HOW_TO_CLEAR}`,
		...naming,
		fields: [thing.id, changes.field],
		input: z.object({ [thing.id.name]: id, updateFields: someOf(changes) }),
		safety: 'idempotent',
		orderingKey: (input) => idIn(input, thing),
		request: (input) => ({
			method: 'PUT',
			path: pathIn(input, thing),
			body: toApiFields(input.updateFields as Input),
		}),
		output: (answer) => part(answer, thing.one),
		simplify: thing.simplify,
	});
}

/** The changes, of which there has to be one at least. */
export function someOf({ schema }: OptionalFields): OptionalFields['schema'] {
	return schema.refine((changes) => Object.keys(toApiFields(changes)).length > 0, {
		message: 'must hold at least one field to change',
	});
}

/** Deletes a thing. The answer's body is not documented. */
export function deleteOne(thing: Entity, more: Naming & Pick<Operation, 'advice'> = {}): Operation {
	return operation<Input>({
		name: 'Delete',
		value: 'delete',
		action: `Delete ${thing.noun}`,
		description: `Remove a ${thing.noun} for good`,
		...more,
		fields: [thing.id],
		input: z.object({ [thing.id.name]: id }),
		safety: 'idempotent',
		orderingKey: (input) => idIn(input, thing),
		request: (input) => ({ method: 'DELETE', path: pathIn(input, thing) }),
		output: () => ({ deleted: true }),
	});
}
