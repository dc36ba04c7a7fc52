import { z } from 'zod';
import { action, nothing, query } from '../admin/command.mts';
import { variantSchema } from '../delivery/engine.mts';
import { accounts } from './accounts.mts';
import { addRecord } from './crmRoutes.mts';
import { createCustomer, updateCustomer } from './customers.mts';
import { addMembers, removeMembers } from './listRoutes.mts';
import { createOrder, updateOrder } from './orders.mts';
import { printCustomer, printOrder } from './print.mts';
import {
	checked,
	customerFields,
	eventNames,
	inventoryEventNames,
	orderCreate,
	orderUpdate,
	subscriptionCreate,
} from './schemas.mts';
import { seedTenant } from './seed.mts';
import type { SparxState } from './state.mts';
import { createSubscription, deleteSubscription, emitEvent, repeatEvent } from './subscriptions.mts';

const account = z.string().default(accounts[0].id);
const ofAccount = z.object({ account }).strict().default({});
const fields = z.record(z.unknown());
const membership = z.object({ account, listId: z.string(), customerIds: z.array(z.string()) }).strict();

/**
 * The commands only Sparx has. Writes are counted as `order` (see the route), `orderUpdate`, `fulfillment`, `payment`,
 * `refund` (by order id), `customer` (by email, else id), `customerUpdate` (by id) and `subscription` (by URL).
 * `records`: what else there is of a kind (Company, Deal, Task, Activity ...). `moneySentBack`: by a gateway, in currency units.
 * `accounts`: keys by role. `orders`, `customers`: as the API would show them. `subscriptions`: with their secrets.
 * `seed`: many records at once; `seedEntries`: content; `clear`: none are left. `placeOrder`, `changeOrder`, `addCustomer`, `changeCustomer`: what others do meanwhile.
 * `enterList`, `leaveList`: what rules or people do to a list of customers.
 * `subscribe`, `unsubscribe`: what an admin does in the dashboard. `emit`: sends an event to all subscriptions.
 */
export function commands(state: SparxState) {
	const { settings, random, deliveries } = state.context;
	return {
		accounts: query(nothing, () => structuredClone(accounts)),
		orders: query(ofAccount, ({ account: id }) =>
			[...state.tenant(id).orders.values()].map((order) => printOrder(order, settings, true)),
		),
		customers: query(ofAccount, ({ account: id }) =>
			[...state.tenant(id).customers.values()].map((customer) => printCustomer(customer, settings)),
		),
		records: query(z.object({ account, kind: z.string() }).strict(), ({ account: id, kind }) =>
			structuredClone([...state.tenant(id).all(kind).values()]),
		),
		moneySentBack: query(ofAccount, ({ account: id }) => state.tenant(id).moneySentBack),
		subscriptions: query(ofAccount, ({ account: id }) =>
			structuredClone([...state.tenant(id).subscriptions.values()]),
		),
		seed: action(
			z
				.object({
					account,
					customers: z.number().int().nonnegative().default(0),
					orders: z.number().int().nonnegative().default(0),
					from: z.number().optional(),
					to: z.number().optional(),
					perInstant: z.number().int().positive().optional(),
				})
				.strict(),
			({ account: id, ...plan }) => seedTenant(state.tenant(id), definedPlan(plan), random),
		),
		seedEntries: action(
			z.object({ account, count: z.number().int().positive() }).strict(),
			({ account: id, count }) => {
				const tenant = state.tenant(id);
				for (let index = 0; index < count; index++)
					addRecord(tenant, 'Entry', { type_key: 'page', slug: `page-${index}` });
			},
		),
		clear: action(ofAccount, ({ account: id }) => state.tenant(id).clear()),
		placeOrder: action(z.object({ account, order: fields }).strict(), async ({ account: id, order }) =>
			printOrder(await createOrder(state.tenant(id), checked(orderCreate, order), settings), settings, true),
		),
		changeOrder: action(z.object({ account, id: z.string(), order: fields }).strict(), (input) => {
			const tenant = state.tenant(input.account);
			const order = updateOrder(tenant, tenant.order(input.id), checked(orderUpdate, input.order));
			return printOrder(order, settings, false);
		}),
		addCustomer: action(z.object({ account, customer: fields }).strict(), ({ account: id, customer }) =>
			printCustomer(
				createCustomer(state.tenant(id), checked(customerFields(settings), customer), settings),
				settings,
			),
		),
		changeCustomer: action(z.object({ account, id: z.string(), customer: fields }).strict(), (input) => {
			const tenant = state.tenant(input.account);
			const changes = checked(customerFields(settings), input.customer);
			return printCustomer(updateCustomer(tenant, tenant.customer(input.id), changes, settings), settings);
		}),
		enterList: action(membership, ({ account: id, listId, customerIds }) =>
			addMembers(state.tenant(id), listId, customerIds),
		),
		leaveList: action(membership, ({ account: id, listId, customerIds }) =>
			removeMembers(state.tenant(id), listId, customerIds),
		),
		subscribe: action(
			z
				.object({
					account,
					url: z.string(),
					events: z.array(z.string()).default([...eventNames, ...inventoryEventNames]),
				})
				.strict(),
			({ account: id, ...input }) => {
				const subscription = checked(subscriptionCreate({ ...settings, surface: 'newer' }), {
					name: 'Made by an admin',
					...input,
				});
				return structuredClone(createSubscription(state.tenant(id), subscription, deliveries));
			},
		),
		unsubscribe: action(z.object({ account, id: z.string() }).strict(), ({ account: tenantId, id }) => {
			const tenant = state.tenant(tenantId);
			deleteSubscription(tenant, tenant.subscription(id), deliveries);
		}),
		emit: action(
			z
				.object({
					account,
					event: z.string().default('redirect.added'),
					data: fields.default({
						id: '9f1d2c3b-4a5e-4f60-8a7b-6c5d4e3f2a1b',
						fromPath: '/old',
						toPath: '/new',
					}),
					variant: variantSchema.default('genuine'),
				})
				.strict(),
			async ({ account: id, event: type, data, variant }) => {
				const tenant = state.tenant(id);
				if (variant === 'repeated') return await repeatEvent(tenant, type, deliveries);
				return await emitEvent(tenant, { type, data, variant }, deliveries);
			},
		),
	};
}

const definedPlan = <Plan extends object>(plan: Plan): Plan =>
	Object.fromEntries(Object.entries(plan).filter(([, value]) => value !== undefined)) as Plan;
