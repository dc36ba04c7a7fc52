import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { listIn } from '../../../shared/paging/listIn';
import { numberField, optionalFields, textField } from '../../fields';
import { simplifyRecommendation } from '../../simplify';
import { upscribe } from '../../entities';
import { toApiFields } from '../../apiFields';

const additionalFields = optionalFields('additionalFields', [
	textField('Country Code', 'countryCode', {
		placeholder: 'e.g. US',
		description:
			'Where the subscriber is; two letters (ISO 3166-1 alpha-2). It decides which recommendations fit.',
	}),
	numberField('Number of Recommendations', 'limit', { typeOptions: { minValue: 1 }, default: 1 }),
	textField('Region Code', 'regionCode', { placeholder: 'e.g. CA' }),
]);

/** A POST to where the list is read from (docs/vendors/sparkloop.md#upscribes). */
export const generate = operation({
	name: 'Generate',
	value: 'generate',
	action: 'Generate recommendations',
	description: 'Get the recommendations that fit a subscriber best',
	fields: [upscribe.id, additionalFields.field],
	input: z.object({ upscribeId: id, additionalFields: additionalFields.schema }),
	safety: 'nonIdempotent',
	run: async (input, send) => {
		const path = ['upscribes', input.upscribeId, 'recommendations'];
		return listIn<IDataObject>(
			await send({ method: 'POST', path, body: toApiFields(input.additionalFields) }),
			'recommendations',
		);
	},
	simplify: simplifyRecommendation,
});
