import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { writableLeadSchema } from '../../../shared/lead/lead';
import { leadField as leadFieldFor, leadOption } from '../../../shared/operation/leadField';
import { optionalFields, textField } from '../../fields';
import { fieldsOfLead } from '../../lead';
import { toApiFields } from '../../apiFields';

/** How the data of a subscriber is given: field by field, or as a lead of any platform. */
export const leadData: INodeProperties = {
	displayName: 'Subscriber Data',
	name: 'leadData',
	type: 'options',
	options: [{ name: 'Fields Below', value: 'fields', description: 'Fill in each field' }, leadOption],
	default: 'fields',
};

export const leadField = leadFieldFor(
	'leadData',
	'email, firstName and lastName, as Leadwire nodes return it. ID, status and dates are not written.',
);

const inFields = { displayOptions: { show: { leadData: ['fields'] } } };

const email = textField('Email', 'email', { required: true, placeholder: 'name@email.com', ...inFields });

/** What a new subscriber may have beside the email (docs/vendors/sparkloop.md#subscribers). */
const additionalFields = optionalFields('additionalFields', [
	textField('Country Code', 'countryCode', {
		placeholder: 'e.g. US',
		description: 'Two letters (ISO 3166-1 alpha-2)',
	}),
	{
		displayName: 'Created At',
		name: 'createdAt',
		type: 'dateTime',
		default: '',
		description: 'When the subscriber signed up; may be in the past',
	},
	textField('IP Address', 'ipAddress'),
	textField('Name', 'name', { placeholder: 'e.g. Ada Lovelace' }),
	textField('Referrer Code', 'referrerCode', {
		description: 'The referral code of the subscriber who referred this one',
	}),
	textField('User Agent', 'userAgent'),
	textField('UTM Campaign', 'utmCampaign'),
	textField('UTM Source', 'utmSource'),
]);

export const newSubscriberFields: INodeProperties[] = [
	leadData,
	email,
	{ ...additionalFields.field, ...inFields },
	leadField,
];

export const leadDataSchema = z.enum(['fields', 'lead']).default('fields');

/** Anything else given by mistake, such as a whole trigger item, would lose the data without a word. */
const leadWithEmail = writableLeadSchema.refine(({ email: address }) => Boolean(address), {
	message: 'must be a simplified lead with an email',
});

/** What `newSubscriberFields` may hold. */
export const newSubscriberInput = z
	.object({
		leadData: leadDataSchema,
		email: z.string().trim().optional(),
		additionalFields: additionalFields.schema,
		lead: leadWithEmail.optional(),
	})
	.superRefine((input, refinement) => {
		const source = input.leadData === 'lead' ? 'lead' : 'email';
		if (!input[source]) refinement.addIssue({ code: 'custom', path: [source], message: 'is missing' });
	});

export type NewSubscriber = z.infer<typeof newSubscriberInput>;

/** Whose subscription it is, whichever way it is given. */
export function emailOf({ leadData: way, email: address, lead }: NewSubscriber): string {
	return (way === 'lead' ? lead?.email : address) ?? '';
}

/** The body of a new subscriber. */
export function newSubscriberBody(input: NewSubscriber): IDataObject {
	return input.leadData === 'lead'
		? fieldsOfLead(input.lead ?? {})
		: toApiFields({ email: input.email, ...input.additionalFields });
}
