import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z, type ZodTypeAny } from 'zod';

/** Lines of an order or of a part of it: filled in one by one, or given as JSON by an expression. */
interface LinesDefinition<Line extends ZodTypeAny> {
	/** Of the fields: `lines` gives `linesInput`, `lines` and `linesJson`. */
	name: string;
	displayName: string;
	placeholder: string;
	fields: INodeProperties[];
	/** An example of the JSON. */
	example: string;
	line: Line;
	/** Whether there must be at least one. */
	isRequired: boolean;
}

/** Lines as an operation states and reads them. */
export interface Lines {
	/** What a person sees: the choice of how to give the lines, and a field for each way. */
	fields: INodeProperties[];
	/** To be spread into the operation's input. */
	input: Record<string, ZodTypeAny>;
	/**
	 * The lines, whichever way they were given; undefined where there are none.
	 * @throws ZodError never: the input has been checked
	 */
	read(input: IDataObject): IDataObject[] | undefined;
}

const MISSING = 'must hold at least one entry';

/** Lines of an order or the like, which a person may give one by one or as JSON. */
export function lines<Line extends ZodTypeAny>(definition: LinesDefinition<Line>): Lines {
	const { name, displayName, placeholder, fields, example, line, isRequired } = definition;
	const [choice, json] = [`${name}Input`, `${name}Json`];
	const list = isRequired ? z.array(line).min(1, MISSING) : z.array(line);
	return {
		fields: [
			{
				displayName: `${displayName} Input`,
				name: choice,
				type: 'options',
				options: [
					{ name: 'Fields Below', value: 'fields', description: 'Fill in each one' },
					{ name: 'JSON', value: 'json', description: 'A list, for example from an expression' },
				],
				default: 'fields',
			},
			{
				displayName,
				name,
				type: 'fixedCollection',
				required: isRequired,
				typeOptions: { multipleValues: true },
				placeholder,
				default: {},
				displayOptions: { show: { [choice]: ['fields'] } },
				options: [{ displayName: 'Line', name: 'line', values: fields }],
			},
			{
				displayName: `${displayName} (JSON)`,
				name: json,
				type: 'json',
				default: '[]',
				placeholder: `e.g. ${example}`,
				displayOptions: { show: { [choice]: ['json'] } },
			},
		],
		input: {
			[choice]: z.enum(['fields', 'json']).default('fields'),
			[name]: isRequired
				? z.object({ line: list }).optional()
				: z.object({ line: list.default([]) }).optional(),
			[json]: list.optional(),
		},
		read: (input) => {
			const given = input[choice] === 'json' ? input[json] : (input[name] as IDataObject | undefined)?.line;
			const read = given as IDataObject[] | undefined;
			return read && read.length > 0 ? read : undefined;
		},
	};
}
