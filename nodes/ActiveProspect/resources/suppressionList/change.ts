import type { IDataObject } from 'n8n-workflow';
import { operation, type Operation } from '../../../shared/operation/operation';
import { SUPPRESSION_LIST } from '../../vendor';
import { listName } from '../pickers';
import { valuesField, valuesInput } from './values';

/** A value is on a list or not, however often it is put there (docs/vendors/activeprospect.md#suppression-lists). */
function change(
	method: 'POST' | 'DELETE',
	texts: Pick<Operation, 'name' | 'value' | 'action' | 'description'>,
): Operation {
	return operation({
		...texts,
		fields: [listName, valuesField],
		input: valuesInput,
		safety: 'idempotent',
		orderingKey: (input) => input.list,
		request: ({ list, values }) => ({
			method,
			server: SUPPRESSION_LIST,
			path: ['lists', list, 'items'],
			body: { values },
		}),
		output: (answer, { list }) => ({ list, ...(answer as IDataObject) }),
		advice: { 404: 'Check the list: there is none with this name.' },
	});
}

export const add = change('POST', {
	name: 'Add',
	value: 'add',
	action: 'Add values to suppression list',
	description: 'Put emails, phone numbers or other values on a list',
});

export const remove = change('DELETE', {
	name: 'Remove',
	value: 'remove',
	action: 'Remove values from suppression list',
	description: 'Take emails, phone numbers or other values off a list',
});
