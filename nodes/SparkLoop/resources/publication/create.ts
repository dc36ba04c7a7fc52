import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { optionalFields } from '../../fields';
import { simplifyPublication } from '../../simplify';
import { part, toApiFields } from '../../apiFields';
import {
	ageRanges,
	audienceGender,
	categories,
	checkedLogo,
	description,
	formOf,
	incomeLevels,
	listId,
	listsOfTexts,
	logo,
	name,
	status,
} from './publicationData';

const additionalFields = optionalFields('additionalFields', [description, listId, status]);

const text = z.string().trim().min(1, 'is missing');

/** A logo is required, so it is sent as multipart (docs/vendors/sparkloop.md#publications). */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create publication',
	description: 'Add a new publication with its logo',
	fields: [
		{ ...name, required: true },
		{ ...categories, required: true },
		{ ...logo, required: true, default: 'data' },
		audienceGender,
		{ ...incomeLevels, required: true },
		{ ...ageRanges, required: true },
		additionalFields.field,
	],
	input: z.object({
		name: text,
		...listsOfTexts,
		logoBinaryField: text,
		audienceGender: z.string(),
		additionalFields: additionalFields.schema,
	}),
	safety: 'nonIdempotent',
	run: async ({ logoBinaryField, additionalFields: more, ...given }, send, readFile) => {
		const file = checkedLogo(await readFile(logoBinaryField));
		const form = formOf(toApiFields({ ...given, ...more }), file);
		return part(await send({ method: 'POST', path: ['publications'], form }), 'publication');
	},
	simplify: simplifyPublication,
});
