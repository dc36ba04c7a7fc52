import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { operation, type Operation } from '../../shared/operation/operation';
import { cursorList } from '../lists';
import { toApiFields, unwrap } from '../vendor';
import { conversationEntity, idInput, type Entity } from '../entities';

/** Reads one record by its ID. */
export function getOne({ noun, path, idName, idField }: Entity, simplify?: Operation['simplify']): Operation {
	return operation<Record<string, string>>({
		name: 'Get',
		value: 'get',
		action: `Get ${noun}`,
		description: `Retrieve one ${noun} by its ID`,
		fields: [idField],
		input: idInput({ noun, path, idName, idField }),
		safety: 'safe',
		orderingKey: (input) => input[idName],
		request: (input) => ({ method: 'GET', path: [...path, input[idName]] }),
		output: unwrap,
		simplify,
	});
}

/** Deletes one record by its ID; a record that is gone after a broken connection counts as deleted. */
export function deleteOne({ noun, path, idName, idField }: Entity): Operation {
	return operation<Record<string, string>>({
		name: 'Delete',
		value: 'delete',
		action: `Delete ${noun}`,
		description: `Delete one ${noun} by its ID`,
		fields: [idField],
		input: idInput({ noun, path, idName, idField }),
		safety: 'idempotent',
		orderingKey: (input) => input[idName],
		request: (input) => ({ method: 'DELETE', path: [...path, input[idName]] }),
		output: (_answer, input) => ({ id: input[idName], deleted: true }),
	});
}

const ABOUT_LISTS =
	'Check the filters and IDs. If it is about a cursor, the list changed twice while it was read: run it again when less changes, or narrow it with filters.';

/** What tells one Get Many from another. */
export interface ListDefinition<Input> {
	/** In the plural. */
	noun: string;
	/** The operation's description. */
	description: string;
	/** Of the list, below the base URL. */
	path: string[];
	/** The filters that a person sees. */
	fields?: INodeProperties[];
	/** What the filters may hold. */
	input?: z.ZodType<Input, z.ZodTypeDef, unknown>;
	/** The filters with Leadiosa's names. */
	query?(input: Input): IDataObject;
	/** Makes the short form of a record. */
	simplify?: Operation['simplify'];
}

/** Reads a list, page by page. */
export function getMany<Input>(definition: ListDefinition<Input>): Operation {
	const { noun, description, path, fields = [], input = z.object({}), query, simplify } = definition;
	return operation<Input>({
		name: 'Get Many',
		value: 'getMany',
		action: `Get many ${noun}`,
		description,
		fields,
		input: input as z.ZodType<Input, z.ZodTypeDef, unknown>,
		safety: 'safe',
		list: cursorList((given) => ({ path, query: query?.(given) })),
		simplify,
		advice: { 400: ABOUT_LISTS, 404: ABOUT_LISTS, 422: ABOUT_LISTS },
	});
}

/** Reads the thread of a conversation: its messages or its notes. */
export function getThread(noun: string, description: string, path: string[]): Operation {
	return getMany({
		noun,
		description,
		path,
		fields: [conversationEntity.idField],
		input: idInput(conversationEntity),
		query: ({ conversationId }) => toApiFields({ conversationId }),
	});
}
