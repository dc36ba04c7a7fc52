import type { IDataObject } from 'n8n-workflow';
import { Sparx } from '../../../nodes/Sparx/Sparx.node';
import { byId, dialects, GOES_ON, keys, openSparx, type SparxStage } from './stage.mts';

describe.each(dialects)('all but orders, dialect %s', (dialect) => {
	let stage: SparxStage;

	beforeEach(async () => {
		stage = await openSparx();
		stage.sandbox.configure({ dialect });
	});
	afterEach(async () => await stage.close());

	const stored = (id: unknown) => stage.sandbox.customers().find((customer) => customer.id === id);
	const byEmail = (email: string) => stage.sandbox.customers().filter((customer) => customer.email === email);
	const links = (items: Array<{ pairedItem?: unknown }>) => items.map(({ pairedItem }) => pairedItem);
	const twoLinks = [{ item: 0 }, { item: 1 }];

	describe('customers', () => {
		it('creates them, field by field and from a lead of another platform', async () => {
			const fields = await stage.run('customer', 'create', {
				customerFields: {
					email: 'ada@example.com',
					firstName: 'Ada',
					tags: 'vip, eu-1',
					type: 'retail',
					doNotContact: true,
				},
			});
			expect(fields.items[0].json).toMatchObject({
				platform: 'sparx',
				email: 'ada@example.com',
				firstName: 'Ada',
				status: dialect === 'newer' ? 'lead' : 'retail',
				customFields: { tags: ['vip', 'eu-1'], doNotContact: true, type: 'retail' },
			});
			const lead = {
				platform: 'spara',
				id: 'QX7R20MB',
				email: 'grace@example.com',
				lastName: 'Hopper',
				customFields: { num_employees: 12, type: 'hot' },
			};
			const { items } = await stage.run(
				'customer',
				'create',
				{ customerData: 'lead' },
				{ items: [lead as IDataObject] },
			);
			expect(stored(items[0].json.id)).toMatchObject({
				email: 'grace@example.com',
				lastName: 'Hopper',
				type: dialect === 'newer' ? 'retail' : 'prospect',
				metadata: { num_employees: 12, type: 'hot' },
			});
		});

		it('gets and lists them', async () => {
			const [one, other] = stage.sandbox.customers();
			const { items } = await stage.run(
				'customer',
				'get',
				{ customerId: byId('={{ $json.id }}') },
				{
					items: [{ id: other.id }, { id: one.id }],
				},
			);
			expect(items.map(({ json }) => json.email)).toEqual([other.email, one.email]);
			expect(links(items)).toEqual(twoLinks);

			stage.sandbox.seed({ customers: 300 });
			const all = await stage.run('customer', 'getMany', { returnAll: true });
			expect(new Set(all.items.map(({ json }) => json.id)).size).toBe(312);
			const found = await stage.run('customer', 'getMany', {
				filters: { search: String(one.email).toUpperCase() },
			});
			expect(found.items.map(({ json }) => json.id)).toEqual([one.id]);
		});

		it('updates nothing but what is given', async () => {
			const [{ id }] = stage.sandbox.customers();
			stage.sandbox.changeCustomer({
				id: String(id),
				customer: { type: 'b2b', doNotContact: true, tags: ['vip'], metadata: { kept: 1 } },
			});
			const before = stored(id);
			const { items } = await stage.run('customer', 'update', {
				customerId: byId(String(id)),
				customerFields: { jobTitle: 'Countess', metadata: '{"added": 2}' },
			});
			expect(items[0].json).toMatchObject({ jobTitle: 'Countess', customFields: { type: 'b2b' } });
			expect(stored(id)).toEqual({
				...before,
				jobTitle: 'Countess',
				metadata: { kept: 1, added: 2 },
				updatedAt: expect.any(String),
			});
		});

		it('creates or updates by the email, exactly first, then in any case', async () => {
			const written = dialect === 'newer' ? 'ada_1@example.com' : 'Ada_1@example.com';
			stage.sandbox.addCustomer({ customer: { email: 'Ada_1@example.com', tags: ['vip'], type: 'b2b' } });
			stage.sandbox.addCustomer({ customer: { email: 'adax1@example.com' } });
			const emails = ['Ada_1@example.com', 'ADA_1@example.com', 'ada.2@example.com'];
			const parameters = {
				matchEmail: '={{ $json.email }}',
				customerFields: { company: 'Analytical Engines' },
			};
			const { items } = await stage.run('customer', 'upsert', parameters, {
				items: emails.map((email) => ({ email })),
			});
			expect(items.map(({ json }) => [json.email, json.created])).toEqual([
				[written, false],
				[written, false],
				[emails[2], true],
			]);
			expect(links(items)).toEqual([...twoLinks, { item: 2 }]);
			expect(byEmail(written)).toMatchObject([{ company: 'Analytical Engines', tags: ['vip'], type: 'b2b' }]);
			expect(byEmail(emails[2])).toHaveLength(1);
			expect(byEmail('adax1@example.com')).toMatchObject([{ company: null }]);
		});

		it.each([1, 2])('settles an uncertain upsert by the email: every create of %s reset', async (every) => {
			stage.sandbox.addFault({
				method: 'POST',
				path: '/crm/customers',
				every,
				fault: { kind: 'reset-after' },
			});
			const emails = ['a@example.com', 'b@example.com', 'c@example.com'];
			const { error } = await stage.run(
				'customer',
				'upsert',
				{ matchEmail: '={{ $json.email }}' },
				{
					items: emails.map((email) => ({ email })),
				},
			);
			expect(error).toBeUndefined();
			expect(emails.map((email) => byEmail(email).length)).toEqual([1, 1, 1]);
			expect(stage.sandbox.duplicates({ kind: 'customer' })).toEqual({});
		});

		it('deletes them, and explains that the email stays taken', async () => {
			const { id } = stage.sandbox.addCustomer({ customer: { email: 'gone@example.com' } });
			stage.sandbox.addFault({ method: 'DELETE', count: 1, fault: { kind: 'reset-after' } });
			const { items } = await stage.run('customer', 'delete', { customerId: byId(String(id)) });
			expect(items[0].json).toEqual({ id, deleted: true });
			expect(stored(id)?.deletedAt).not.toBeNull();
			const again = await stage.run('customer', 'upsert', { matchEmail: 'gone@example.com' });
			// Of customers without a site build B counts only the living ones.
			if (dialect === 'newer') expect(again.items[0].json.created).toBe(true);
			else expect(again.error?.message).toBe('A deleted customer has the email gone@example.com');
		});

		it('reports a taken email, and sends it once', async () => {
			const [{ email }] = stage.sandbox.customers();
			const { error } = await stage.run('customer', 'create', { customerFields: { email } });
			expect(error?.description).toMatch(/email/);
			expect(stage.sandbox.statistics().routes['POST /crm/customers'].requests).toBe(1);
		});
	});

	describe('what belongs to an order', () => {
		const order = () => stage.sandbox.orders()[0];

		it('fulfills line items, and tells of too many', async () => {
			const { id, items: lines } = order() as { id: string; items: IDataObject[] };
			const [{ id: orderItemId, quantity }] = lines;
			const made = await stage.run('fulfillment', 'create', {
				orderId: id,
				lines: { line: [{ orderItemId, quantity }] },
				additionalFields: { carrier: 'dhl', trackingNumber: 'T1', shippedAt: '2026-07-01T09:30:00+02:00' },
			});
			expect(made.items[0].json).toMatchObject({
				orderId: id,
				carrier: 'dhl',
				shippedAt: '2026-07-01T07:30:00.000Z',
			});
			expect(order().status).toBe('fulfilled');
			const fulfillmentId = made.items[0].json.id;

			const tooMany = await stage.run('fulfillment', 'create', {
				orderId: id,
				linesInput: 'json',
				linesJson: [{ orderItemId, quantity: 1 }] as never,
			});
			expect(tooMany.error?.description).toMatch(/no more can be shipped/);

			const updated = await stage.run('fulfillment', 'update', {
				orderId: id,
				fulfillmentId,
				updateFields: { status: 'delivered' },
			});
			expect(updated.items[0].json).toMatchObject({ id: fulfillmentId, status: 'delivered' });
			expect(order().status).toBe('delivered');
			const listed = await stage.run('fulfillment', 'getMany', { orderId: id });
			expect(listed.items.map(({ json }) => json.id)).toEqual([fulfillmentId]);
		});

		it('records payments and takes them back', async () => {
			const { id, total } = order();
			const paid = await stage.run('payment', 'create', {
				orderId: id,
				processor: 'stripe',
				amount: Number(total),
				additionalFields: { processorRef: 'pi_1' },
			});
			expect(paid.items[0].json).toMatchObject({
				amount: Number(total),
				processorRef: 'pi_1',
				status: 'captured',
			});
			expect(order().paymentStatus).toBe('paid');
			const twice = await stage.run('payment', 'create', {
				orderId: id,
				processor: 'stripe',
				amount: 1,
				additionalFields: { processorRef: 'pi_1' },
			});
			expect(twice.error?.description).toMatch(/reference/);

			const paymentId = paid.items[0].json.id;
			const voided = await stage.run('payment', 'void', { orderId: id, paymentId, reason: 'Mistake' });
			expect(voided.items[0].json).toMatchObject({ id: paymentId, status: 'voided' });
			expect(order().paymentStatus).toBe('unpaid');
			const listed = await stage.run('payment', 'getMany', { orderId: id, returnAll: true });
			expect(listed.items.map(({ json }) => [json.id, json.amount])).toEqual([[paymentId, Number(total)]]);
		});

		it('records refunds', async () => {
			const { id, total, items: lines } = order() as { id: string; total: number; items: IDataObject[] };
			const made = await stage.run('refund', 'create', {
				orderId: id,
				amount: Number(total),
				lines: { line: [{ orderItemId: lines[0].id, quantity: 1, amount: 2.5 }] },
				additionalFields: { reason: 'Too small' },
			});
			expect(made.items[0].json).toMatchObject({ amount: Number(total), status: 'completed' });
			expect(order().status).toBe('refunded');
			const listed = await stage.run('refund', 'getMany', { orderId: id });
			expect(listed.items).toHaveLength(1);
		});

		it.each([
			['payment', 'Create payment', { processor: 'manual', amount: 1 }],
			['refund', 'Record refund', { amount: 1 }],
		])('never sends a %s twice', async (resource, action, parameters) => {
			stage.sandbox.addFault({ method: 'POST', fault: { kind: 'reset-after' } });
			const { error } = await stage.run(resource, 'create', { orderId: order().id, ...parameters });
			expect(error?.message).toBe(`Sparx may have received "${action}", but it is not certain`);
			expect(stage.sandbox.writes({ kind: resource })).toEqual({ [String(order().id)]: 1 });
		});
	});

	describe('webhook subscriptions', () => {
		const admin = { credential: { apiKey: keys.admin } };

		it('creates, lists, updates and deletes them', async () => {
			const made = await stage.run(
				'webhookSubscription',
				'create',
				{ name: 'Site', url: 'https://example.com/hook', events: ['redirect.added'] },
				admin,
			);
			const { id } = made.items[0].json;
			expect(made.items[0].json.signingSecret).toMatch(/^whsec_[0-9a-f]{64}$/);
			const parameters = {
				subscriptionId: id,
				updateFields: { active: false, otherEvents: 'media.uploaded' },
			};
			await stage.run('webhookSubscription', 'update', parameters, admin);
			const listed = await stage.run('webhookSubscription', 'getMany', {}, admin);
			expect(listed.items[0].json).toMatchObject({
				id,
				name: 'Site',
				active: false,
				events: ['media.uploaded'],
			});
			expect(listed.items[0].json.signingSecret).toMatch(/^whsec_..…$/);
			const removed = await stage.run('webhookSubscription', 'delete', { subscriptionId: id }, admin);
			expect(removed.items[0].json).toEqual({ id, deleted: true });
			expect(stage.sandbox.subscriptions()).toEqual([]);
		});

		it('explains what an API key may not do, and refuses an address without https', async () => {
			const parameters = { name: 'Site', url: 'https://example.com/hook', events: ['redirect.added'] };
			const refused = await stage.run('webhookSubscription', 'create', parameters);
			expect(refused.error?.description).toMatch(
				/only admins manage webhook subscriptions, and API keys are editors/,
			);
			const plain = await stage.run(
				'webhookSubscription',
				'create',
				{ ...parameters, url: 'http://example.com' },
				admin,
			);
			expect(plain.error?.message).toBe('Sparx delivers events to https addresses only');
		});
	});

	it('queries by GraphQL; errors of any status are errors, and say what was done all the same', async () => {
		const [{ id, email }] = stage.sandbox.customers();
		const { items } = await stage.run(
			'graphql',
			'query',
			{ query: '={{ $json.query }}', additionalFields: { variables: '={{ { id: $json.id } }}' } },
			{
				items: [
					{ id, query: 'query One($id: ID!) { crmCustomer(id: $id) { email } }' },
					{ id: 'nobody', query: 'query One($id: ID!) { crmCustomer(id: $id) { email } }' },
					{ query: '{ orders { id } }' },
					{ query: '{ crmCustomers(' },
					{
						query:
							'mutation { a: createCustomer(input: {email: "new@example.com"}) { id } b: createCustomer(input: {email: "no email"}) { id } }',
					},
				],
				settings: GOES_ON,
			},
		);
		expect(items[0].json).toEqual({ crmCustomer: { email } });
		expect(items.slice(1).map(({ json }) => json.error)).toEqual([
			'Sparx did not accept this item: Customer not found',
			'Sparx did not accept the request: Cannot query field "orders" on type "Query"',
			'Sparx did not accept the request: Syntax Error: Unexpected <EOF>',
			'Sparx did not accept this item: Validation failed',
		]);
		expect(items[4].json.message).toMatch(/a mutation among them has been done: a\./);
		expect(byEmail('new@example.com')).toHaveLength(1);
		expect(links(items)).toEqual([0, 1, 2, 3, 4].map((item) => ({ item })));
	});

	it('has a placeholder that runs', async () => {
		const { properties } = new Sparx().description;
		const field = properties.find(({ name, type }) => name === 'query' && type === 'string');
		const query = String(field?.placeholder).replace('e.g. ', '');
		const { items } = await stage.run('graphql', 'query', { query });
		expect((items[0].json.crmCustomers as IDataObject).total).toBe(12);
	});

	it('sends a GraphQL mutation once', async () => {
		stage.sandbox.addFault({ path: '/graphql', fault: { kind: 'reset-after' } });
		const { error } = await stage.run('graphql', 'query', {
			query: 'mutation { createCustomer(input: {}) { id } }',
		});
		expect(error?.message).toMatch(/may have received/);
		expect(stage.sandbox.statistics().routes['POST /graphql'].requests).toBe(1);
	});

	it('sends any request, and reads any list', async () => {
		stage.sandbox.seed({ orders: 280 });
		const one = await stage.run('apiRequest', 'send', { method: 'GET', path: '/webhooks/subscriptions' });
		expect(one.items[0].json).toEqual({ success: true, data: [] });
		const { items } = await stage.run('apiRequest', 'getMany', {
			path: '/crm/orders',
			query: '{"sort_by": "createdAt"}',
			returnAll: true,
		});
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(300);
	});
});
