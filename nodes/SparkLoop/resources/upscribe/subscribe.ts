import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { listOfTexts, optionalFields, textField } from '../../fields';
import { upscribe } from '../../entities';
import { toApiFields } from '../../apiFields';

const additionalFields = optionalFields('additionalFields', [
	textField('UTM Campaign', 'utmCampaign'),
	textField('UTM Source', 'utmSource'),
]);

const text = z.string().trim().min(1, 'is missing');

/** In its newest form. SparkLoop enables it on request only (docs/vendors/sparkloop.md#upscribes). */
export const subscribe = operation({
	name: 'Subscribe',
	value: 'subscribe',
	action: 'Subscribe to recommendations',
	description: 'Subscribe somebody to recommended publications. SparkLoop enables this on request only.',
	fields: [
		upscribe.id,
		textField('Subscriber Email', 'subscriberEmail', { required: true, placeholder: 'name@email.com' }),
		textField('Country Code', 'countryCode', {
			required: true,
			placeholder: 'e.g. US',
			description: 'Where the subscriber is; two letters (ISO 3166-1 alpha-2)',
		}),
		textField('Recommendations', 'recommendations', {
			required: true,
			placeholder: 'e.g. aa11, bb22',
			description: 'The referral codes (refCode) of the recommendations, separated by commas',
		}),
		additionalFields.field,
	],
	input: z.object({
		upscribeId: id,
		subscriberEmail: text,
		countryCode: text,
		recommendations: listOfTexts.refine((codes) => codes.length > 0, { message: 'is missing' }),
		additionalFields: additionalFields.schema,
	}),
	safety: 'nonIdempotent',
	orderingKey: (input) => input.subscriberEmail,
	request: ({ upscribeId, recommendations, additionalFields: more, ...given }) => ({
		method: 'POST',
		path: ['upscribes', upscribeId, 'subscribe'],
		body: toApiFields({ ...given, recommendations: recommendations.join(), ...more }),
	}),
	output: (answer, { subscriberEmail }) => ({
		...(answer as IDataObject | undefined),
		subscriberEmail,
		subscribed: true,
	}),
	advice: { 403: 'SparkLoop enables this on request only: ask its support.' },
});
