import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../shared/operation/input';
import { paths } from './vendor';

/** A kind of record that has an ID: what people call it, where it is, and the field that names one. */
export interface Entity {
	noun: string;
	path: string[];
	idName: string;
	idField: INodeProperties;
}

function entity(noun: string, path: string[], idName: string, label: string, example: string): Entity {
	const idField: INodeProperties = {
		displayName: label,
		name: idName,
		type: 'string',
		required: true,
		default: '',
		placeholder: `e.g. ${example}`,
		description: `The ID of the ${noun} in Leadiosa, as returned by the other operations and the Leadiosa Trigger`,
	};
	return { noun, path, idName, idField };
}

export const contactEntity = entity('contact', paths.contacts, 'contactId', 'Contact ID', 'cont_4');
export const conversationEntity = entity(
	'conversation',
	paths.conversations,
	'conversationId',
	'Conversation ID',
	'conv_9',
);
export const knowledgeArticleEntity = entity(
	'knowledge article',
	paths.knowledge,
	'knowledgeArticleId',
	'Knowledge Article ID',
	'kb_3',
);
export const webhookEntity = entity('webhook', paths.webhooks, 'webhookId', 'Webhook ID', 'wh_2');

/** The input of an operation that needs nothing but the ID. */
export function idInput({ idName }: Entity): z.ZodType<Record<string, string>, z.ZodTypeDef, unknown> {
	return z.object({ [idName]: id });
}
