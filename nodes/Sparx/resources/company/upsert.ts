import { UserError, type IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { attemptAsync } from '../../../shared/attempt';
import { operation } from '../../../shared/operation/operation';
import type { Send } from '../../../shared/transport/transport';
import { recordIn } from '../../answer';
import { company } from '../../entities';
import { isUncertain } from '../../errors';
import { pagesOf } from '../../lists';
import { fieldCollection, present } from '../fields';
import { changeRecord } from '../operations';
import { bodyOf, companyFields, companyInput, companyName, companyNameInput } from './data';

const plain = (name: unknown): string => String(name).trim().toLowerCase();

/**
 * The company with this name, whatever its case.
 * @throws UserError when several have it
 */
async function findByName(name: string, send: Send): Promise<IDataObject | undefined> {
	const found = new Map<unknown, IDataObject>();
	for await (const page of pagesOf(company.path, { q: name }, send, Infinity)) {
		for (const record of page) if (plain(record.companyName) === plain(name)) found.set(record.id, record);
	}
	if (found.size < 2) return [...found.values()][0];
	throw new UserError(`Several companies have the name ${name}`, {
		description: `They are ${[...found.keys()].join(', ')}. Nothing was changed. Update the right one by its ID, or merge them in Sparx.`,
	});
}

/** Names are not unique in Sparx, so an uncertain create is settled by looking for the name again. */
async function createOnce(name: string, fields: IDataObject, send: Send): Promise<IDataObject> {
	const body = bodyOf(name, fields);
	const created = await attemptAsync(async () =>
		recordIn(await send({ method: 'POST', path: company.path, body })),
	);
	if (created.ok) return created.value;
	const match = isUncertain(created.error) ? await findByName(name, send) : undefined;
	if (match) return match;
	throw created.error;
}

export const upsert = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update company',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	fields: [
		{
			...companyName,
			description: 'The name that the company is found by, in upper or lower case. A new company gets it.',
		},
		fieldCollection('Additional Fields', 'additionalFields', 'Add field', companyFields),
	],
	input: z.object({
		companyName: companyNameInput,
		additionalFields: z.object(companyInput).partial().default({}),
	}),
	safety: 'nonIdempotent',
	orderingKey: (input) => plain(input.companyName),
	run: async (input, send) => {
		const fields = present(input.additionalFields as IDataObject);
		const match = await findByName(input.companyName, send);
		if (!match) return { ...(await createOnce(input.companyName, fields, send)), created: true };
		const isChange = Object.keys(fields).length > 0;
		const after = isChange ? await changeRecord(company, String(match.id), fields, send) : match;
		return { ...after, created: false };
	},
	simplify: ({ created, ...record }) => ({ ...company.simplify(record), created }),
});
