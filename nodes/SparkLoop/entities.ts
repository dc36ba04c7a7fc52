import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { pickerField, type PickerDefinition } from '../shared/picker/field';
import { simplifyLead } from './lead';
import {
	simplifyOffer,
	simplifyPartnerCampaign,
	simplifyPartnerProgram,
	simplifyPublication,
	simplifyUpscribe,
	simplifyWebhook,
} from './simplify';

/** What all operations on one kind of thing have in common. */
export interface Entity {
	/** In texts. */
	noun: string;
	/** In texts, in the plural. */
	plural: string;
	/** Of the list; one thing stands below it, under its ID. */
	path: string[];
	/** The key of one record in an answer. */
	one: string;
	/** The key of the records in an answer. */
	many: string;
	/** The field that names one of them. */
	id: INodeProperties;
	/** Makes the short form of a record. */
	simplify?(record: IDataObject): IDataObject;
	/** What a person knows one by, in pickers. */
	label?(record: IDataObject): unknown;
}

/** The field that names one thing. */
export function locator(
	displayName: string,
	name: string,
	searchMethod: string,
	exampleId: string,
	more: Partial<PickerDefinition> = {},
): INodeProperties {
	return pickerField({
		displayName,
		name,
		noun: displayName.toLowerCase(),
		searchMethod,
		exampleId,
		...more,
	});
}

export const campaign: Entity = {
	noun: 'campaign',
	plural: 'campaigns',
	path: ['campaigns'],
	one: 'campaign',
	many: 'campaigns',
	id: locator('Campaign', 'campaignId', 'searchCampaigns', 'MF12ab34'),
};

export const offer: Entity = {
	noun: 'offer',
	plural: 'offers',
	path: ['offers'],
	one: 'offer',
	many: 'offers',
	id: locator('Offer', 'offerId', 'searchOffers', 'offer_1a2b3c'),
	simplify: simplifyOffer,
};

export const partnerCampaign: Entity = {
	noun: 'partner campaign',
	plural: 'partner campaigns',
	path: ['partner_profile', 'partner_campaigns'],
	one: 'partner_campaign',
	many: 'partner_campaigns',
	id: locator('Partner Campaign', 'partnerCampaignId', 'searchPartnerCampaigns', 'partner_campaign_1a2b3c'),
	simplify: simplifyPartnerCampaign,
};

export const partnerProgram: Entity = {
	noun: 'partner program',
	plural: 'partner programs',
	path: ['partner_programs'],
	one: 'partner_program',
	many: 'partner_programs',
	id: locator('Partner Program', 'partnerProgramId', 'searchPartnerPrograms', 'partner_program_1a2b3c'),
	simplify: simplifyPartnerProgram,
	label: ({ publication, uuid }) => (publication as IDataObject | undefined)?.name ?? uuid,
};

export const publication: Entity = {
	noun: 'publication',
	plural: 'publications',
	path: ['publications'],
	one: 'publication',
	many: 'publications',
	id: locator('Publication', 'publicationId', 'searchPublications', 'pub_1a2b3c'),
	simplify: simplifyPublication,
};

/** Found by UUID or email (docs/vendors/sparkloop.md#authentication). */
export const subscriber: Entity = {
	noun: 'subscriber',
	plural: 'subscribers',
	path: ['subscribers'],
	one: 'subscriber',
	many: 'subscribers',
	id: locator('Subscriber', 'subscriberId', 'searchSubscribers', 'sub_1a2b3c', {
		description: 'The subscriber in SparkLoop, by its ID or the email as SparkLoop has it',
		byEmail: true,
	}),
	simplify: simplifyLead,
	label: ({ name, email, uuid }) => [name, email].filter(Boolean).join(', ') || uuid,
};

export const upscribe: Entity = {
	noun: 'upscribe',
	plural: 'upscribes',
	path: ['upscribes'],
	one: 'upscribe',
	many: 'upscribes',
	id: locator('Upscribe', 'upscribeId', 'searchUpscribes', 'upscribe_1a2b3c'),
	simplify: simplifyUpscribe,
	label: ({ uuid }) => uuid,
};

export const webhook: Entity = {
	noun: 'webhook',
	plural: 'webhooks',
	path: ['webhooks'],
	one: 'webhook',
	many: 'webhooks',
	id: locator('Webhook', 'webhookId', 'searchWebhooks', 'webhook_1a2b3c'),
	simplify: simplifyWebhook,
	label: ({ url }) => url,
};

/** A publication of the directory, which may be anybody's. */
export const networkPublication: Entity = {
	...publication,
	noun: 'network publication',
	plural: 'network publications',
	path: ['partner_network', 'publications'],
	id: locator('Publication', 'publicationId', 'searchNetworkPublications', 'pub_1a2b3c'),
};

/** A partner program of the directory, which may be anybody's. */
export const networkProgram: Entity = {
	...partnerProgram,
	noun: 'network program',
	plural: 'network programs',
	path: ['partner_network', 'partner_programs'],
	id: locator('Partner Program', 'partnerProgramId', 'searchNetworkPrograms', 'partner_program_1a2b3c'),
};
