import { UserError, type IDataObject } from 'n8n-workflow';
import { isEmpty } from '../data/values';

/**
 * The record as it is, if there is anything in it. One without a single value is a mistake, such as an expression that
 * names a field which no item has, and would be made once for every item.
 * @param verb what is to be done with it, e.g. "create"
 * @param noun what it is, e.g. "lead"
 * @throws UserError when there is nothing in it
 */
export function filled(record: IDataObject, verb: string, noun: string): IDataObject {
	if (Object.values(record).some((value) => !isEmpty(value))) return record;
	throw new UserError(`There is nothing to ${verb}: no field of the ${noun} has a value`, {
		description:
			'Nothing was sent for this item. Fill in the fields, or correct the expressions that give them.',
	});
}
