import { apiRequest } from '../apiRequest';
import { company } from './company';
import { customer } from './customer';
import { customerAddress } from './customerAddress';
import { deal } from './deal';
import { fulfillment } from './fulfillment';
import { graphql } from './graphql';
import { list } from './list';
import { note } from './note';
import { order } from './order';
import { payment } from './payment';
import { refund } from './refund';
import { task } from './task';
import { webhookSubscription } from './webhookSubscription';

/** In the order in which n8n's node panel lists their actions: what people look for first. */
export const resources = [
	order,
	customer,
	company,
	deal,
	task,
	note,
	list,
	customerAddress,
	fulfillment,
	payment,
	refund,
	webhookSubscription,
	graphql,
	apiRequest,
];
