import { UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

/** A field that can be emptied: its label, its name, and what is sent to empty it; null where nothing is said. */
export type Clearable = readonly [label: string, name: string, emptied?: IDataObject | []];

/** How an update empties fields: what a person sees, what may be given, and what becomes of it. */
export interface Clearing {
	/** The field "Clear Fields". */
	field: INodeProperties;
	/** The names of the fields to empty. */
	input: z.ZodDefault<z.ZodArray<z.ZodString>>;
	/**
	 * The changes with those of the fields to empty.
	 * @throws UserError when there is nothing to change, or a field is to be both set and emptied
	 */
	changes(given: IDataObject, cleared: string[]): IDataObject;
}

/** A field that is left empty stays as it is, so those to empty are named apart. */
export function clearing(clearable: readonly Clearable[], platformName: string): Clearing {
	const emptied = new Map(clearable.map(([, name, value = null]) => [name, value]));
	const isSet = (value: unknown): boolean => value !== undefined && value !== null;
	return {
		field: {
			displayName: 'Clear Fields',
			name: 'clearFields',
			type: 'multiOptions',
			options: clearable.map(([name, value]) => ({ name, value })),
			default: [],
			description: `Fields to empty. A field that is left empty above stays as it is in ${platformName}.`,
		},
		input: z.array(z.string()).default([]),
		changes: (given, cleared) => {
			const both = cleared.find((name) => isSet(given[name]));
			if (both !== undefined) {
				throw new UserError(`The field ${both} has a value, and is among those to clear`, {
					description: 'Nothing was sent for this item. Take it out of "Clear Fields", or give it no value.',
				});
			}
			const changes = { ...given };
			for (const name of cleared) changes[name] = emptied.get(name) ?? null;
			if (Object.keys(changes).length === 0)
				throw new UserError('There is nothing to update: no field has a value');
			return changes;
		},
	};
}
