import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../shared/operation/id';
import { pickerField } from '../shared/picker/field';
import { paths } from './vendor';

/** A kind of record that has an ID: what people call it, where it is, and the field that names one. */
export interface Entity {
	/** In texts, in the singular. */
	noun: string;
	/** Of the list; one record stands below it, under its ID. */
	path: string[];
	/** Name of the field that names one. */
	idName: string;
	/** The field that names one. */
	idField: INodeProperties;
}

function entity(
	displayName: string,
	path: string[],
	idName: string,
	searchMethod: string,
	exampleId: string,
): Entity {
	const noun = displayName.toLowerCase();
	const description = `The ${noun} in Leadiosa`;
	const field = { displayName, name: idName, noun, searchMethod, exampleId, description };
	return { noun, path, idName, idField: pickerField(field) };
}

export const contactEntity = entity('Contact', paths.contacts, 'contactId', 'searchContacts', 'cont_4');
export const conversationEntity = entity(
	'Conversation',
	paths.conversations,
	'conversationId',
	'searchConversations',
	'conv_9',
);
export const knowledgeArticleEntity = entity(
	'Knowledge Article',
	paths.knowledge,
	'knowledgeArticleId',
	'searchKnowledgeArticles',
	'kb_3',
);
export const webhookEntity = entity('Webhook', paths.webhooks, 'webhookId', 'searchWebhooks', 'wh_2');

/** The input of an operation that needs nothing but the ID. */
export function idInput({ idName }: Entity): z.ZodType<Record<string, string>, z.ZodTypeDef, unknown> {
	return z.object({ [idName]: id });
}
