import { apiRequest } from '../../shared/operation/apiRequest';
import { lead } from './lead';

/** In the order in which n8n's node panel lists their actions: what people look for first. */
export const resources = [lead, apiRequest()];
