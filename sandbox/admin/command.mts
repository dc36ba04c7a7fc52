import { z, type ZodTypeAny } from 'zod';

type Given<Schema extends ZodTypeAny> =
	undefined extends z.input<Schema> ? [given?: z.input<Schema>] : [given: z.input<Schema>];

/** One thing the admin API can do: a checked, JSON-able input and a JSON-able output; callable in-process as it is. */
export type Command<Schema extends ZodTypeAny, Output> = ((...given: Given<Schema>) => Output) & {
	/** Whether it only looks, and so answers GET too. */
	reads: boolean;
};

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type CommandTable = Record<string, Command<any, any>>;

const command =
	(reads: boolean) =>
	<Schema extends ZodTypeAny, Output>(
		schema: Schema,
		run: (input: z.output<Schema>) => Output,
	): Command<Schema, Output> =>
		Object.assign((...given: Given<Schema>) => run(schema.parse(given[0])), { reads });

/** A command that only looks. */
export const query = command(true);

/** A command that changes something. */
export const action = command(false);

/** The input of a command that needs none. */
export const nothing = z.object({}).strict().default({});
