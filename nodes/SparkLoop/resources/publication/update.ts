import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { booleanField, optionalFields } from '../../fields';
import { publication } from '../../entities';
import { part, toApiFields } from '../../apiFields';
import { HOW_TO_CLEAR, someOf } from '../operations';
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

const autoPilot = booleanField(
	'Auto Pilot',
	'autoPilot',
	'Whether SparkLoop chooses the recommendations by itself',
);

const changes = optionalFields(
	'updateFields',
	[ageRanges, audienceGender, autoPilot, categories, description, incomeLevels, listId, logo, name, status],
	listsOfTexts,
);

/** Beside the fields of a creation, auto-pilot can be changed (docs/vendors/sparkloop.md#publications). */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update publication',
	description: `Change fields of a publication. Fields that are not given stay as they are. ${HOW_TO_CLEAR}`,
	fields: [publication.id, changes.field],
	input: z.object({ publicationId: id, updateFields: someOf(changes) }),
	safety: 'idempotent',
	orderingKey: (input) => input.publicationId,
	run: async ({ publicationId, updateFields: { logoBinaryField, ...given } }, send, readFile) => {
		const body = toApiFields(given);
		const content = logoBinaryField
			? { form: formOf(body, checkedLogo(await readFile(String(logoBinaryField)))) }
			: { body };
		return part(
			await send({ method: 'PUT', path: ['publications', publicationId], ...content }),
			'publication',
		);
	},
	simplify: publication.simplify,
});
