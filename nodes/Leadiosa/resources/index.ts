import { apiRequest, type ApiRequest } from '../../shared/operation/apiRequest';
import { cursorList, type ListPlace } from '../lists';
import { auditLog } from './auditLog';
import { contact } from './contact';
import { conversation } from './conversation';
import { knowledgeArticle } from './knowledgeArticle';
import { message } from './message';
import { note } from './note';
import { subscription } from './subscription';
import { webhook } from './webhook';
import { workspace } from './workspace';

const anyList = cursorList<ApiRequest>((request) => request as ListPlace);

/** In the order in which n8n's node panel lists their actions: what people look for first. */
export const resources = [
	conversation,
	message,
	contact,
	note,
	knowledgeArticle,
	webhook,
	auditLog,
	workspace,
	subscription,
	apiRequest(anyList),
];
