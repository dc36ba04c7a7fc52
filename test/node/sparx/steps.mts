import type { IDataObject } from 'n8n-workflow';
import { salesPipeline } from '../../../sandbox/sparx/dealRoutes.mts';
import { lists, staff } from '../../../sandbox/sparx/listRoutes.mts';

/** One operation: a node of a workflow, and what comes out of it. */
export interface Step {
	/** The name of the node, by which later ones refer to it. */
	name: string;
	resource: string;
	operation: string;
	parameters: IDataObject;
	/** What the first item holds, at least. */
	gives: object;
	/** The same where build B answers something else. */
	givesOnNewer?: object;
	/** Runs for each of the items instead of once. */
	isForEach?: boolean;
}

/** Steps that run one after another in one workflow. */
export interface Sequence {
	items?: IDataObject[];
	/** Whose key: managing webhooks takes an admin. */
	role?: 'admin';
	steps: Step[];
}

/** An ID that nothing has: what a step gets whose predecessor gave nothing. */
const NOBODY = '00000000-0000-4000-8000-000000000000';
const [olive] = staff.map(({ id }) => id);
const [byHand, byRules] = lists.map(({ id }) => id);
const [qualified, , won] = salesPipeline.stages.map(({ id }) => id);

const byId = (value: string): IDataObject => ({ __rl: true, mode: 'id', value });
const of = (step: string, field = 'id') => `={{ $('${step}').first().json.${field} ?? '${NOBODY}' }}`;
const refOf = (step: string) => byId(of(step));

const absent = { error: expect.stringMatching(/^This Sparx server does not have this: Route /) };
/** Where build A has another route at the place, it takes the word for an ID. */
const noSuchWord = { error: expect.stringMatching(/does not have this|did not accept the request/) };

const customers: Sequence = {
	items: [
		{ email: 'grace@example.com', jobTitle: 'Admiral' },
		{ email: 'new@example.com', firstName: 'New' },
	],
	steps: [
		{
			name: 'Create or update customers',
			resource: 'customer',
			operation: 'upsert',
			parameters: { matchEmail: '={{ $json.email }}', customerData: 'lead' },
			isForEach: true,
			gives: { email: 'grace@example.com', jobTitle: 'Admiral', created: true },
		},
		{
			name: 'The same again',
			resource: 'customer',
			operation: 'upsert',
			parameters: {
				matchEmail: '={{ $json.email.toUpperCase() }}',
				customerData: 'lead',
				lead: "={{ $('Start').item.json }}",
			},
			isForEach: true,
			gives: { email: 'grace@example.com', jobTitle: 'Admiral', created: false },
		},
		{
			name: 'Create customer',
			resource: 'customer',
			operation: 'create',
			parameters: {
				customerFields: { email: 'ada@example.com', tags: 'vip', company: 'Analytical Engines' },
			},
			gives: { platform: 'sparx', email: 'ada@example.com', company: 'Analytical Engines' },
		},
		{
			name: 'Get customer',
			resource: 'customer',
			operation: 'get',
			parameters: { customerId: refOf('Create customer') },
			gives: { email: 'ada@example.com' },
		},
		{
			name: 'Update customer',
			resource: 'customer',
			operation: 'update',
			parameters: {
				customerId: refOf('Create customer'),
				customerFields: { jobTitle: 'Poet', phone: '+1 415 555 0100' },
				clearFields: ['company'],
			},
			gives: { jobTitle: 'Poet', phone: '+1 415 555 0100' },
		},
		{
			name: 'Get many customers',
			resource: 'customer',
			operation: 'getMany',
			parameters: { filters: { search: 'ada@' } },
			gives: { email: 'ada@example.com' },
		},
		{
			name: 'Add tags',
			resource: 'customer',
			operation: 'addTags',
			parameters: { customerId: refOf('Create customer'), tags: 'fair, eu' },
			gives: { addedTags: ['fair', 'eu'], changedInRequest: 1 },
		},
		{
			name: 'Remove tags',
			resource: 'customer',
			operation: 'removeTags',
			parameters: { customerId: refOf('Create customer'), tags: 'fair' },
			gives: { removedTags: ['fair'], changedInRequest: 1 },
		},
		{
			name: 'Assign',
			resource: 'customer',
			operation: 'assign',
			parameters: { customerId: refOf('Create customer'), ownerId: byId(olive) },
			gives: { assignedRepId: olive, changedInRequest: 1 },
		},
		{
			name: 'Same phone',
			resource: 'customer',
			operation: 'create',
			parameters: { customerFields: { email: 'twin@example.com', phone: '+1 415 555 0100' } },
			gives: { email: 'twin@example.com' },
		},
		{
			name: 'Find duplicates',
			resource: 'customer',
			operation: 'findDuplicates',
			parameters: {},
			gives: { reason: 'phone', confidence: 90 },
		},
		{
			name: 'Delete customer',
			resource: 'customer',
			operation: 'delete',
			parameters: { customerId: refOf('Same phone') },
			gives: { deleted: true },
		},
	],
};

const companies: Sequence = {
	steps: [
		{
			name: 'Create company',
			resource: 'company',
			operation: 'create',
			parameters: {
				companyName: 'Northwind Traders',
				additionalFields: { tags: 'vip, eu', website: 'https://x.example' },
			},
			gives: { companyName: 'Northwind Traders', tags: ['vip', 'eu'], status: 'active' },
		},
		{
			name: 'Get company',
			resource: 'company',
			operation: 'get',
			parameters: { companyId: refOf('Create company') },
			gives: { companyName: 'Northwind Traders', website: 'https://x.example' },
		},
		{
			name: 'Update company',
			resource: 'company',
			operation: 'update',
			parameters: {
				companyId: refOf('Create company'),
				updateFields: { status: 'credit_hold' },
			},
			gives: { status: 'credit_hold', tags: ['vip', 'eu'] },
		},
		{
			name: 'Upsert company',
			resource: 'company',
			operation: 'upsert',
			parameters: { companyName: ' northwind TRADERS ', additionalFields: { notes: 'Met at the fair' } },
			gives: { companyName: 'Northwind Traders', status: 'credit_hold', created: false },
		},
		{
			name: 'Get many companies',
			resource: 'company',
			operation: 'getMany',
			parameters: { filters: { search: 'NORTH' } },
			gives: { companyName: 'Northwind Traders' },
		},
		{
			name: 'Company with a domain',
			resource: 'company',
			operation: 'create',
			parameters: { companyName: 'Contoso', additionalFields: { domains: 'https://www.contoso.example' } },
			gives: { companyName: 'Contoso' },
			givesOnNewer: { companyName: 'Contoso', domains: ['contoso.example'] },
		},
		{
			name: 'Match domain',
			resource: 'company',
			operation: 'matchDomain',
			parameters: { email: 'ada@contoso.example' },
			gives: noSuchWord,
			givesOnNewer: { found: true, company: expect.objectContaining({ companyName: 'Contoso' }) },
		},
	],
};

const listsAndAddresses: Sequence = {
	steps: [
		{
			name: 'Customer',
			resource: 'customer',
			operation: 'create',
			parameters: { customerFields: { email: 'listed@example.com' } },
			gives: { email: 'listed@example.com' },
		},
		{
			name: 'Add member',
			resource: 'list',
			operation: 'addMember',
			parameters: { listId: byId(byHand), customerId: refOf('Customer') },
			gives: absent,
			givesOnNewer: { customersInRequest: 1, addedInRequest: 1, skippedInRequest: 0 },
		},
		{
			name: 'Get members of list by hand',
			resource: 'list',
			operation: 'getMembers',
			parameters: { listId: byId(byHand), returnAll: true },
			gives: { error: expect.stringContaining('could not find the record') },
			givesOnNewer: { listId: byHand, lead: expect.objectContaining({ email: 'listed@example.com' }) },
		},
		{
			name: 'Get members of list by rules',
			resource: 'list',
			operation: 'getMembers',
			parameters: { listId: byId(byRules), returnAll: true },
			gives: {},
		},
		{
			name: 'Remove member',
			resource: 'list',
			operation: 'removeMember',
			parameters: { listId: byId(byHand), customerId: refOf('Customer') },
			gives: absent,
			givesOnNewer: { customersInRequest: 1, removedInRequest: 1 },
		},
		{
			name: 'Create address',
			resource: 'customerAddress',
			operation: 'create',
			parameters: {
				customerId: refOf('Customer'),
				type: 'shipping',
				line1: '1 Market Street',
				city: 'Berlin',
				country: 'de',
				additionalFields: { label: 'Shop' },
			},
			gives: absent,
			givesOnNewer: { type: 'shipping', city: 'Berlin', country: 'DE', label: 'Shop' },
		},
		{
			name: 'Update address',
			resource: 'customerAddress',
			operation: 'update',
			parameters: {
				customerId: refOf('Customer'),
				addressId: of('Create address'),
				updateFields: { city: 'Potsdam' },
			},
			gives: absent,
			givesOnNewer: { city: 'Potsdam', label: 'Shop' },
		},
		{
			name: 'Get many addresses',
			resource: 'customerAddress',
			operation: 'getMany',
			parameters: { customerId: refOf('Customer') },
			gives: absent,
			givesOnNewer: { city: 'Potsdam', line1: '1 Market Street' },
		},
		{
			name: 'Delete address',
			resource: 'customerAddress',
			operation: 'delete',
			parameters: { customerId: refOf('Customer'), addressId: of('Create address') },
			gives: absent,
			givesOnNewer: { deleted: true },
		},
	],
};

const dealsTasksAndNotes: Sequence = {
	steps: [
		{
			name: 'Buyer',
			resource: 'customer',
			operation: 'create',
			parameters: { customerFields: { email: 'buyer@example.com' } },
			gives: { email: 'buyer@example.com' },
		},
		{
			name: 'Create deal',
			resource: 'deal',
			operation: 'create',
			parameters: {
				pipelineId: byId(salesPipeline.id),
				stageId: byId(qualified),
				title: 'Hats for all',
				additionalFields: { customerId: of('Buyer'), value: 250.5, currency: 'eur', tags: 'warm' },
			},
			gives: { title: 'Hats for all', value: 250.5, currency: 'EUR', probability: 20 },
		},
		{
			name: 'Get deal',
			resource: 'deal',
			operation: 'get',
			parameters: { dealId: refOf('Create deal') },
			gives: { title: 'Hats for all', stage: { name: 'Qualified', stageType: 'open' } },
		},
		{
			name: 'Update deal',
			resource: 'deal',
			operation: 'update',
			parameters: { dealId: refOf('Create deal'), updateFields: { expectedCloseDate: '2026-12-24' } },
			gives: { expectedCloseDate: '2026-12-24', value: 250.5, currency: 'EUR' },
		},
		{
			name: 'Create task',
			resource: 'task',
			operation: 'create',
			parameters: {
				title: 'Call back',
				ownerId: byId(olive),
				additionalFields: { dealId: of('Create deal'), dueAt: '2026-12-01T09:00:00+01:00', priority: 'high' },
			},
			gives: { title: 'Call back', assignedToUserId: olive, dueAt: '2026-12-01T08:00:00.000Z' },
		},
		{
			name: 'Update task',
			resource: 'task',
			operation: 'update',
			parameters: { taskId: refOf('Create task'), updateFields: { description: 'In the morning' } },
			gives: { description: 'In the morning', priority: 'high', status: 'open' },
		},
		{
			name: 'Complete task',
			resource: 'task',
			operation: 'complete',
			parameters: { taskId: refOf('Create task') },
			gives: { status: 'completed' },
		},
		{
			name: 'Get many tasks',
			resource: 'task',
			operation: 'getMany',
			parameters: { returnAll: true, filters: { status: 'completed', search: 'BACK' } },
			gives: { title: 'Call back', status: 'completed' },
		},
		{
			name: 'Create note',
			resource: 'note',
			operation: 'create',
			parameters: { text: 'Asked for hats', dealId: of('Create deal') },
			gives: { type: 'note', description: 'Asked for hats' },
		},
		{
			name: 'Move stage',
			resource: 'deal',
			operation: 'moveStage',
			parameters: { dealId: refOf('Create deal'), stageId: byId(won), closedReason: 'Best hats' },
			gives: { closedReason: 'Best hats', probability: 100, stage: { name: 'Won', stageType: 'won' } },
		},
		{
			name: 'Order of deal',
			resource: 'order',
			operation: 'create',
			parameters: {
				customerId: refOf('Buyer'),
				items: { line: [{ sku: 'HAT-1', name: 'Felt hat', quantity: 1, unitPrice: 250.5 }] },
				additionalFields: { orderNumber: 'DEAL-1' },
			},
			gives: { orderNumber: 'DEAL-1' },
		},
		{
			name: 'Attach order',
			resource: 'deal',
			operation: 'attachOrder',
			parameters: { dealId: refOf('Create deal'), orderId: of('Order of deal') },
			gives: { attached: true, wasAttached: false },
		},
		{
			name: 'Get many deals',
			resource: 'deal',
			operation: 'getMany',
			parameters: { returnAll: true, filters: { state: 'closed' } },
			gives: { title: 'Hats for all', closedReason: 'Best hats' },
		},
	],
};

const line = { line: [{ orderItemId: of('Create order', 'items[0].id'), quantity: 2 }] };
const orderId = of('Create order');

const orders: Sequence = {
	steps: [
		{
			name: 'Customer of orders',
			resource: 'customer',
			operation: 'create',
			parameters: { customerFields: { email: 'orders@example.com' } },
			gives: { email: 'orders@example.com' },
		},
		{
			name: 'Create order',
			resource: 'order',
			operation: 'create',
			parameters: {
				customerId: refOf('Customer of orders'),
				items: { line: [{ sku: 'HAT-1', name: 'Felt hat', quantity: 2, unitPrice: 45.5 }] },
				additionalFields: { orderNumber: 'A-1', currency: 'EUR' },
			},
			gives: { orderNumber: 'A-1', total: 91, currency: 'EUR' },
		},
		{
			name: 'Get order',
			resource: 'order',
			operation: 'get',
			parameters: { orderId },
			gives: { orderNumber: 'A-1', total: 91 },
		},
		{
			name: 'Update order',
			resource: 'order',
			operation: 'update',
			parameters: { orderId, updateFields: { internalNote: 'Gift' } },
			gives: { orderNumber: 'A-1' },
		},
		{
			name: 'Get many orders',
			resource: 'order',
			operation: 'getMany',
			parameters: { returnAll: true, filters: { customerId: of('Customer of orders') } },
			gives: { orderNumber: 'A-1' },
		},
		{
			name: 'Create payment',
			resource: 'payment',
			operation: 'create',
			parameters: { orderId, processor: 'wire', amount: 10 },
			gives: { amount: 10, currency: 'EUR' },
		},
		{
			name: 'Void payment',
			resource: 'payment',
			operation: 'void',
			parameters: { orderId, paymentId: of('Create payment') },
			gives: { status: 'voided' },
		},
		{
			name: 'Card payment',
			resource: 'payment',
			operation: 'create',
			parameters: { orderId, processor: 'stripe', amount: 91, additionalFields: { processorRef: 'pi_1' } },
			gives: { amount: 91, currency: 'EUR' },
		},
		{
			name: 'Get many payments',
			resource: 'payment',
			operation: 'getMany',
			parameters: { orderId },
			gives: { amount: expect.any(Number) },
		},
		{
			name: 'Create fulfillment',
			resource: 'fulfillment',
			operation: 'create',
			parameters: { orderId, lines: line, additionalFields: { carrier: 'dhl', trackingNumber: 'T-1' } },
			gives: { carrier: 'dhl', trackingNumber: 'T-1' },
		},
		{
			name: 'Update fulfillment',
			resource: 'fulfillment',
			operation: 'update',
			parameters: { orderId, fulfillmentId: of('Create fulfillment'), updateFields: { status: 'delivered' } },
			gives: { status: 'delivered', carrier: 'dhl' },
		},
		{
			name: 'Get many fulfillments',
			resource: 'fulfillment',
			operation: 'getMany',
			parameters: { orderId },
			gives: { status: 'delivered', trackingNumber: 'T-1' },
		},
		{
			name: 'Record refund',
			resource: 'refund',
			operation: 'create',
			parameters: { orderId, amount: 1 },
			gives: { amount: 1, currency: 'EUR', processorRef: expect.stringMatching(/^n8n-/) },
		},
		{
			name: 'Refund through processor',
			resource: 'refund',
			operation: 'throughProcessor',
			parameters: { orderId, amount: 2, confirm: true },
			gives: { error: expect.stringMatching(/^This version of Sparx cannot send money back/) },
			givesOnNewer: { amount: 2, moneyMoved: true },
		},
		{
			name: 'Get many refunds',
			resource: 'refund',
			operation: 'getMany',
			parameters: { orderId },
			gives: { currency: 'EUR', amount: expect.any(Number) },
		},
		{
			name: 'Second order',
			resource: 'order',
			operation: 'create',
			parameters: {
				customerId: refOf('Customer of orders'),
				items: { line: [{ sku: 'HAT-1', name: 'Felt hat', quantity: 1, unitPrice: 5 }] },
				additionalFields: { orderNumber: 'A-3' },
			},
			gives: { orderNumber: 'A-3' },
		},
		{
			name: 'Cancel order',
			resource: 'order',
			operation: 'cancel',
			parameters: { orderId: of('Second order'), reason: 'Changed mind' },
			gives: { status: 'cancelled' },
		},
	],
};

const subscriptionId = of('Create subscription');

const anythingElse: Sequence = {
	role: 'admin',
	steps: [
		{
			name: 'Create subscription',
			resource: 'webhookSubscription',
			operation: 'create',
			parameters: { name: 'Site', url: 'https://example.com/hook', events: ['redirect.added'] },
			gives: { events: ['redirect.added'], active: true },
		},
		{
			name: 'Update subscription',
			resource: 'webhookSubscription',
			operation: 'update',
			parameters: { subscriptionId, updateFields: { active: false } },
			gives: { active: false },
		},
		{
			name: 'Get many subscriptions',
			resource: 'webhookSubscription',
			operation: 'getMany',
			parameters: {},
			gives: { name: 'Site' },
		},
		{
			name: 'Delete subscription',
			resource: 'webhookSubscription',
			operation: 'delete',
			parameters: { subscriptionId },
			gives: { deleted: true },
		},
		{
			name: 'Query',
			resource: 'graphql',
			operation: 'query',
			parameters: { query: '{ crmCustomers(take: 10) { items { email } total } }' },
			gives: { crmCustomers: { items: expect.any(Array), total: expect.any(Number) } },
		},
		{
			name: 'Send request',
			resource: 'apiRequest',
			operation: 'send',
			parameters: { method: 'GET', path: '/webhooks/subscriptions' },
			gives: { success: true, data: [] },
		},
		{
			name: 'Get many of request',
			resource: 'apiRequest',
			operation: 'getMany',
			parameters: { path: '/crm/customers', limit: 3 },
			gives: { id: expect.any(String) },
		},
	],
};

/** Every operation of the node, those that belong together in one workflow. */
export const sequences: Record<string, Sequence> = {
	customers,
	companies,
	'lists and saved addresses': listsAndAddresses,
	'deals, tasks and notes': dealsTasksAndNotes,
	'orders, payments, fulfillments and refunds': orders,
	'subscriptions, GraphQL and any request': anythingElse,
};
