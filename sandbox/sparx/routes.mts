import type { Route } from '../vendor.mts';
import { crmRoutes } from './crmRoutes.mts';
import { createCustomer, deleteCustomer, findCustomers, updateCustomer } from './customers.mts';
import { answerGraphql } from './graphql.mts';
import {
	createFulfillment,
	createPayment,
	createRefund,
	updateFulfillment,
	voidPayment,
} from './orderParts.mts';
import { cancelOrder, createOrder, findOrders, updateOrder } from './orders.mts';
import { printCustomer, printOrder, printRecord, printSubscription, without } from './print.mts';
import { guarded, newestFirst, noContent, pageAnswer, success, type SparxRoute } from './route.mts';
import * as schemas from './schemas.mts';
import { checked, checkedId } from './schemas.mts';
import { switchesOf } from './settings.mts';
import type { SparxState } from './state.mts';
import { createSubscription, deleteSubscription, updateSubscription } from './subscriptions.mts';

/** Orders stand below another path in each build; the other one is no route. */
function ofOrderRoot(routes: SparxRoute[]): SparxRoute[] {
	return (['/crm/orders', '/orders'] as const).flatMap((root) =>
		routes.map((route) => ({
			...route,
			path: `${root}${route.path}`,
			exists: (settings) => switchesOf(settings).orderRoot === root,
		})),
	);
}

/** Creates are counted by their order number, else by `metadata.reference`, else by id. */
function orderRoutes({ context: { settings, statistics } }: SparxState): SparxRoute[] {
	return [
		{
			method: 'POST',
			path: '',
			handle: async (tenant, { body }) => {
				const input = checked(schemas.orderCreate, body);
				const order = await createOrder(tenant, input, settings);
				statistics.countWrite('order', String(input.orderNumber ?? input.metadata.reference ?? order.id));
				return success(201, printOrder(order, settings, true));
			},
		},
		{
			method: 'GET',
			path: '',
			handle: (tenant, { query }) => {
				const asked = checked(schemas.orderQuery(settings), query);
				return pageAnswer(findOrders(tenant, asked), asked, (order) => printOrder(order, settings, false));
			},
		},
		{
			method: 'GET',
			path: '/:id',
			handle: (tenant, { params }) =>
				success(200, printOrder(tenant.order(checkedId(params.id)), settings, true)),
		},
		{
			method: 'PATCH',
			path: '/:id',
			handle: (tenant, { params, body }) => {
				const order = tenant.order(checkedId(params.id));
				updateOrder(tenant, order, checked(schemas.orderUpdate, body));
				statistics.countWrite('orderUpdate', order.id);
				return success(200, printOrder(order, settings, false));
			},
		},
		{
			method: 'POST',
			path: '/:id/cancel',
			handle: (tenant, { params, body }) => {
				const order = tenant.order(checkedId(params.id));
				cancelOrder(tenant, order, checked(schemas.reason, body).reason);
				return success(200, printOrder(order, settings, false));
			},
		},
	];
}

function orderPartRoutes({ context: { settings, statistics } }: SparxState): SparxRoute[] {
	const print = (record: object) => printRecord(record, settings);
	const list = (part: 'fulfillments' | 'payments' | 'refunds'): SparxRoute => ({
		method: 'GET',
		path: `/:id/${part}`,
		handle: (tenant, { params }) => success(200, tenant.order(checkedId(params.id))[part].map(print)),
	});
	return [
		list('fulfillments'),
		list('payments'),
		list('refunds'),
		{
			method: 'POST',
			path: '/:id/fulfillments',
			handle: (tenant, { params, body }) => {
				const order = tenant.order(checkedId(params.id));
				const made = createFulfillment(tenant, order, checked(schemas.fulfillmentCreate, body));
				statistics.countWrite('fulfillment', order.id);
				return success(201, without(made, ['items']));
			},
		},
		{
			method: 'PATCH',
			path: '/:id/fulfillments/:partId',
			handle: (tenant, { params, body }) => {
				const order = tenant.order(checkedId(params.id));
				const input = checked(schemas.fulfillmentUpdate(settings), body);
				return success(200, updateFulfillment(tenant, order, checkedId(params.partId), input));
			},
		},
		{
			method: 'POST',
			path: '/:id/payments',
			handle: (tenant, { params, body }) => {
				const order = tenant.order(checkedId(params.id));
				const payment = createPayment(tenant, order, checked(schemas.paymentCreate, body), settings);
				statistics.countWrite('payment', order.id);
				return success(201, print(payment));
			},
		},
		{
			method: 'POST',
			path: '/:id/payments/:partId/void',
			handle: (tenant, { params, body }) => {
				const order = tenant.order(checkedId(params.id));
				const { reason } = checked(schemas.reason, body);
				return success(200, print(voidPayment(tenant, order, checkedId(params.partId), reason)));
			},
		},
		{
			method: 'POST',
			path: '/:id/refunds',
			handle: (tenant, { params, body }) => {
				const order = tenant.order(checkedId(params.id));
				const refund = createRefund(tenant, order, checked(schemas.refundCreate, body), settings);
				statistics.countWrite('refund', order.id);
				return success(201, print(refund));
			},
		},
	];
}

/** Creates are counted by email, else by id. */
function customerRoutes({ context: { settings, statistics } }: SparxState): SparxRoute[] {
	return [
		{
			method: 'GET',
			path: '/crm/customers',
			handle: (tenant, { query }) => {
				const asked = checked(schemas.customerQuery(settings), query);
				const found = newestFirst(findCustomers(tenant, asked, settings), asked.sort_by);
				return pageAnswer(found, asked, (customer) => printCustomer(customer, settings, tenant));
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
				const customer = createCustomer(tenant, checked(schemas.customerFields(settings), body), settings);
				statistics.countWrite('customer', customer.email ?? customer.id);
				return success(201, printCustomer(customer, settings));
			},
		},
		{
			method: 'PATCH',
			path: '/crm/customers/:id',
			handle: (tenant, { params, body }) => {
				const customer = tenant.customer(checkedId(params.id));
				updateCustomer(tenant, customer, checked(schemas.customerFields(settings), body), settings);
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
				const made = createSubscription(
					tenant,
					checked(schemas.subscriptionCreate(settings), body),
					deliveries,
				);
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
				updateSubscription(
					tenant,
					subscription,
					checked(schemas.subscriptionUpdate(settings), body),
					deliveries,
				);
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

function otherRoutes({ context: { settings } }: SparxState): SparxRoute[] {
	return [
		{
			method: 'GET',
			path: '/me',
			exists: () => switchesOf(settings).hasMeRoute,
			handle: (tenant) => {
				// ASSUMED: no document shows this body.
				return success(200, { actor: { id: 'key', type: 'api', role: 'editor' }, tenant: { id: tenant.id } });
			},
		},
		{
			method: 'POST',
			path: '/graphql',
			handle: (tenant, { body }) => answerGraphql(tenant, body, settings),
		},
	];
}

/** Sparx's endpoints. */
export function routes(state: SparxState): Route[] {
	const crm = [
		...ofOrderRoot([...orderRoutes(state), ...orderPartRoutes(state)]),
		// Before `/crm/customers/:id`, which they would be taken for.
		...crmRoutes(state),
		...customerRoutes(state),
	];
	return [
		...crm.map((route) => guarded(state, { ...route, isCrm: true })),
		...[...subscriptionRoutes(state), ...otherRoutes(state)].map((route) => guarded(state, route)),
	];
}
