import { apiRequest } from '../../shared/operation/apiRequest';
import { offsetList } from '../lists';
import { analytics } from './analytics';
import { event } from './event';
import { flow } from './flow';
import { lead } from './lead';

/** In the order in which n8n's node panel lists their actions: what people look for first. */
export const resources = [lead, flow, event, analytics, apiRequest(offsetList)];
