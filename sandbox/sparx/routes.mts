import { jsonAnswer } from '../http/answer.mts';
import type { Route } from '../vendor.mts';
import { createCustomer, deleteCustomer, findCustomers, updateCustomer } from './customers.mts';
import { answerGraphql } from './graphql.mts';
import {
	createFulfillment,
	createPayment,
	createRefund,
	updateFulfillment,
	voidPayment,
} from './orderParts.mts';
import { cancelOrder, createOrder, updateOrder } from './orders.mts';
import { printCustomer, printOrder, printRecord, printSubscription, without } from './print.mts';
import { guarded, newestFirst, noContent, pageAnswer, success, type SparxRoute } from './route.mts';
import * as schemas from './schemas.mts';
import { checked, checkedId } from './schemas.mts';
import { switchesOf } from './settings.mts';
import type { SparxState } from './state.mts';
import { createSubscription, deleteSubscription, updateSubscription } from './subscriptions.mts';
import { missing } from './tenant.mts';

/** Contract 3.1 to 3.3. Creates are counted by their order number, else by `metadata.reference`, else by id. */
function orderRoutes({ context: { settings, statistics } }: SparxState): SparxRoute[] {
	return [
		{
			method: 'POST',
			path: '/crm/orders',
			handle: async (tenant, { body }) => {
				const input = checked(schemas.orderCreate, body);
				const order = await createOrder(tenant, input, settings);
				statistics.countWrite('order', String(input.orderNumber ?? input.metadata.reference ?? order.id));
				return success(201, printOrder(order, settings, true));
			},
		},
		{
			method: 'GET',
			path: '/crm/orders',
			handle: (tenant, { query }) => {
				const asked = checked(schemas.orderQuery(settings.largestTake), query);
				const found = [...tenant.orders.values()].filter(
					({ customerId, status }) =>
						(!asked.customer_id || customerId === asked.customer_id) &&
						(!asked.status || status === asked.status),
				);
				return pageAnswer(newestFirst(found, asked.sort_by), asked, (order) =>
					printOrder(order, settings, false),
				);
			},
		},
		{
			method: 'GET',
			path: '/crm/orders/:id',
			handle: (tenant, { params }) =>
				success(200, printOrder(tenant.order(checkedId(params.id)), settings, true)),
		},
		{
			method: 'PATCH',
			path: '/crm/orders/:id',
			handle: (tenant, { params, body }) => {
				const order = tenant.order(checkedId(params.id));
				updateOrder(tenant, order, checked(schemas.orderUpdate, body));
				statistics.countWrite('orderUpdate', order.id);
				return success(200, printOrder(order, settings, false));
			},
		},
		{
			method: 'POST',
			path: '/crm/orders/:id/cancel',
			handle: (tenant, { params, body }) => {
				const order = tenant.order(checkedId(params.id));
				cancelOrder(tenant, order, checked(schemas.reason, body).reason);
				return success(200, printOrder(order, settings, false));
			},
		},
	];
}

/** Contract 3.4. */
function orderPartRoutes({ context: { settings, statistics } }: SparxState): SparxRoute[] {
	const print = (record: object) => printRecord(record, settings);
	const list = (part: 'fulfillments' | 'payments' | 'refunds'): SparxRoute => ({
		method: 'GET',
		path: `/crm/orders/:id/${part}`,
		handle: (tenant, { params }) => success(200, tenant.order(checkedId(params.id))[part].map(print)),
	});
	return [
		list('fulfillments'),
		list('payments'),
		list('refunds'),
		{
			method: 'POST',
			path: '/crm/orders/:id/fulfillments',
			handle: (tenant, { params, body }) => {
				const order = tenant.order(checkedId(params.id));
				const made = createFulfillment(tenant, order, checked(schemas.fulfillmentCreate, body));
				statistics.countWrite('fulfillment', order.id);
				return success(201, without(made, ['items']));
			},
		},
		{
			method: 'PATCH',
			path: '/crm/orders/:id/fulfillments/:partId',
			handle: (tenant, { params, body }) => {
				const order = tenant.order(checkedId(params.id));
				const input = checked(schemas.fulfillmentUpdate, body);
				return success(200, updateFulfillment(tenant, order, checkedId(params.partId), input));
			},
		},
		{
			method: 'POST',
			path: '/crm/orders/:id/payments',
			handle: (tenant, { params, body }) => {
				const order = tenant.order(checkedId(params.id));
				const payment = createPayment(tenant, order, checked(schemas.paymentCreate, body), settings);
				statistics.countWrite('payment', order.id);
				return success(201, print(payment));
			},
		},
		{
			method: 'POST',
			path: '/crm/orders/:id/payments/:partId/void',
			handle: (tenant, { params, body }) => {
				const order = tenant.order(checkedId(params.id));
				const { reason } = checked(schemas.reason, body);
				return success(200, print(voidPayment(tenant, order, checkedId(params.partId), reason)));
			},
		},
		{
			method: 'POST',
			path: '/crm/orders/:id/refunds',
			handle: (tenant, { params, body }) => {
				const order = tenant.order(checkedId(params.id));
				const refund = createRefund(tenant, order, checked(schemas.refundCreate, body));
				statistics.countWrite('refund', order.id);
				return success(201, print(refund));
			},
		},
	];
}

/** Contract 3.5. Creates are counted by email, else by id. */
function customerRoutes({ context: { settings, statistics } }: SparxState): SparxRoute[] {
	return [
		{
			method: 'GET',
			path: '/crm/customers',
			handle: (tenant, { query }) => {
				const asked = checked(schemas.customerQuery(settings.largestTake), query);
				const found = newestFirst(findCustomers(tenant, asked), asked.sort_by);
				return pageAnswer(found, asked, (customer) => printCustomer(customer, settings));
			},
		},
		{
			method: 'GET',
			path: '/crm/customers/:id',
			handle: (tenant, { params }) =>
				success(200, printCustomer(tenant.customer(checkedId(params.id)), settings)),
		},
		{
			method: 'POST',
			path: '/crm/customers',
			handle: (tenant, { body }) => {
				const customer = createCustomer(tenant, checked(schemas.customerFields, body), settings);
				statistics.countWrite('customer', customer.email ?? customer.id);
				return success(201, printCustomer(customer, settings));
			},
		},
		{
			method: 'PATCH',
			path: '/crm/customers/:id',
			handle: (tenant, { params, body }) => {
				const customer = tenant.customer(checkedId(params.id));
				updateCustomer(tenant, customer, checked(schemas.customerFields, body), settings);
				statistics.countWrite('customerUpdate', customer.id);
				return success(200, printCustomer(customer, settings));
			},
		},
		{
			method: 'DELETE',
			path: '/crm/customers/:id',
			handle: (tenant, { params }) => {
				deleteCustomer(tenant, tenant.customer(checkedId(params.id)));
				return noContent();
			},
		},
	];
}

/** Contract 6.1. */
function subscriptionRoutes({ context: { settings, statistics, deliveries } }: SparxState): SparxRoute[] {
	const path = '/webhooks/subscriptions';
	const role = () => (settings.editorsManageWebhooks ? 'editor' : 'admin');
	return [
		{
			method: 'GET',
			path,
			handle: (tenant) => {
				const newest = [...tenant.subscriptions.values()].reverse();
				return success(
					200,
					newest.map((subscription) => printSubscription(subscription, settings, false)),
				);
			},
		},
		{
			method: 'POST',
			path,
			role,
			handle: (tenant, { body }) => {
				const made = createSubscription(tenant, checked(schemas.subscriptionCreate, body), deliveries);
				statistics.countWrite('subscription', made.url);
				return success(201, printSubscription(made, settings, true));
			},
		},
		{
			method: 'PATCH',
			path: `${path}/:id`,
			role,
			handle: (tenant, { params, body }) => {
				const subscription = tenant.subscription(checkedId(params.id));
				updateSubscription(tenant, subscription, checked(schemas.subscriptionUpdate, body), deliveries);
				return success(200, printSubscription(subscription, settings, false));
			},
		},
		{
			method: 'DELETE',
			path: `${path}/:id`,
			role,
			handle: (tenant, { params }) => {
				deleteSubscription(tenant, tenant.subscription(checkedId(params.id)), deliveries);
				return noContent();
			},
		},
	];
}

/** Contract section 1 (credential test) and 3.6. */
function otherRoutes({ context: { settings } }: SparxState): SparxRoute[] {
	return [
		{
			method: 'GET',
			path: '/me',
			handle: (tenant) => {
				if (!switchesOf(settings).hasMeRoute) missing('Route', 'GET /me');
				// ASSUMED: no document shows this body.
				return success(200, { actor: { id: 'key', type: 'api', role: 'editor' }, tenant: { id: tenant.id } });
			},
		},
		{
			method: 'POST',
			path: '/graphql',
			handle: (tenant, { body }) => jsonAnswer(200, answerGraphql(tenant, body, settings)),
		},
	];
}

/** Sparx's endpoints (contract sections 3 and 6.1). */
export function routes(state: SparxState): Route[] {
	const crm = [...orderRoutes(state), ...orderPartRoutes(state), ...customerRoutes(state)];
	return [
		...crm.map((route) => guarded(state, { ...route, isCrm: true })),
		...[...subscriptionRoutes(state), ...otherRoutes(state)].map((route) => guarded(state, route)),
	];
}
