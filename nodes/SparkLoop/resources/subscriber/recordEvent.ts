import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { numberField, optionalFields, textField } from '../../fields';
import { campaign, subscriber } from '../../entities';
import { part, toApiFields } from '../../apiFields';

const additionalFields = optionalFields('additionalFields', [
	textField('Description', 'description', { placeholder: 'e.g. Bought the annual plan' }),
]);

/** An event is worth money, so it is never sent twice (docs/vendors/sparkloop.md#subscribers). */
export const recordEvent = operation({
	name: 'Record Event',
	value: 'recordEvent',
	action: 'Record subscriber event',
	description: 'Record something of value that a subscriber did, such as a purchase',
	fields: [
		subscriber.id,
		campaign.id,
		numberField('Value (Dollars)', 'value', {
			required: true,
			typeOptions: { minValue: 0, numberPrecision: 2 },
			description: 'What the event is worth, in dollars',
		}),
		additionalFields.field,
	],
	input: z.object({
		subscriberId: id,
		campaignId: id,
		value: z.number(),
		additionalFields: additionalFields.schema,
	}),
	safety: 'nonIdempotent',
	orderingKey: (input) => input.subscriberId,
	request: ({ subscriberId, campaignId, value, additionalFields: { description } }) => ({
		method: 'POST',
		path: ['subscribers', subscriberId, 'events'],
		// The vendor's own spelling (docs/vendors/sparkloop.md#subscribers).
		body: toApiFields({ value, campaignUuid: campaignId, descripton: description }),
	}),
	output: (answer) => part(answer, 'event'),
	advice: { 400: 'Check the campaign and the value of this item.' },
});
