import { apiRequest } from '../apiRequest';
import { customer } from './customer';
import { fulfillment } from './fulfillment';
import { graphql } from './graphql';
import { order } from './order';
import { payment } from './payment';
import { refund } from './refund';
import { webhookSubscription } from './webhookSubscription';

/** In the order in which n8n's node panel lists their actions: what people look for first. */
export const resources = [
	order,
	customer,
	fulfillment,
	payment,
	refund,
	webhookSubscription,
	graphql,
	apiRequest,
];
