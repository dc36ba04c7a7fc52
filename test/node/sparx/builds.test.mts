import type { IDataObject } from 'n8n-workflow';
import { byId, dialects, HAT, openSparx, ordersPath, type SparxStage } from './stage.mts';

/** A payment that a gateway has captured, which build B refunds when it is asked to. */
const CARD_PAYMENT = { processor: 'stripe', additionalFields: { processorRef: 'pi_1' } };

/** What differs between the builds, topic by topic of docs/vendors/sparx.md, Builds. */
describe.each(dialects)('one node for every build: dialect %s', (dialect) => {
	const isNewer = dialect === 'newer';
	let stage: SparxStage;
	let customerId: string;

	beforeEach(async () => {
		stage = await openSparx();
		stage.sandbox.configure({ dialect });
		customerId = String(stage.sandbox.customers()[0].id);
	});
	afterEach(async () => await stage.close());

	const stored = (id: unknown) => stage.sandbox.customers().find((customer) => customer.id === id);
	const order = () => stage.sandbox.orders()[0] as { id: string; total: number; [field: string]: unknown };
	const run = async (
		resource: string,
		operation: string,
		parameters: IDataObject,
		items: IDataObject[] = [{}],
	) => {
		const result = await stage.run(resource, operation, parameters, { items });
		expect(result.error).toBeUndefined();
		return result.items.map(({ json }) => json);
	};

	it('1 order root: found by its own 404, remembered, and found again after a change', async () => {
		const count = (root: string) =>
			Object.entries(stage.sandbox.statistics().routes)
				.filter(([route]) => route.startsWith(`GET ${root}`))
				.reduce((total, [, { requests }]) => total + requests, 0);
		for (let time = 0; time < 3; time++) await run('order', 'get', { orderId: order().id });
		expect([count('/orders'), count('/crm/orders')]).toEqual(isNewer ? [3, 0] : [1, 3]);
		stage.sandbox.configure({ dialect: isNewer ? 'observed' : 'newer' });
		await run('order', 'get', { orderId: order().id });
		const made = await run('order', 'create', {
			customerId: byId(customerId),
			...HAT,
			additionalFields: { orderNumber: 'R-1' },
		});
		expect(made[0].orderNumber).toBe('R-1');
		expect(stage.sandbox.writes({ kind: 'order' })).toEqual({ 'R-1': 1 });
		// A record that is missing is no address that is missing.
		const missing = await stage.run('order', 'get', { orderId: '00000000-0000-4000-8000-000000000000' });
		expect(missing.error?.message).toMatch(/could not find the record/);
	});

	it('2 refunds: no money moves unless a person asks for it', async () => {
		const { id } = order();
		const total = Number(order().total);
		await run('payment', 'create', { orderId: id, ...CARD_PAYMENT, amount: total });
		const recorded = await run('refund', 'create', { orderId: id, amount: 1 });
		expect(recorded[0].processorRef).toMatch(/^n8n-/);
		const own = await run('refund', 'create', {
			orderId: id,
			amount: 1,
			additionalFields: { processorRef: 're_own' },
		});
		expect(own[0].processorRef).toBe('re_own');
		expect(stage.sandbox.moneySentBack()).toBe(0);

		const unconfirmed = await stage.run('refund', 'throughProcessor', { orderId: id, amount: 2 });
		expect(unconfirmed.error?.message).toBe('"Confirm Refund" must be turned on, or nothing is done');
		expect(stage.sandbox.moneySentBack()).toBe(0);

		const asked = await stage.run('refund', 'throughProcessor', { orderId: id, amount: 2, confirm: true });
		if (!isNewer) {
			expect(asked.error?.message).toMatch(/^This version of Sparx cannot send money back/);
			expect(stage.sandbox.moneySentBack()).toBe(0);
			return;
		}
		expect(asked.items[0].json).toMatchObject({
			amount: 2,
			moneyMoved: true,
			processorRef: expect.stringMatching(/^re_/),
		});
		expect(stage.sandbox.moneySentBack()).toBe(2);

		stage.sandbox.addFault({ method: 'POST', path: `/orders/${id}/refunds`, fault: { kind: 'reset-after' } });
		const uncertain = await stage.run(
			'refund',
			'throughProcessor',
			{ orderId: id, amount: 3, confirm: true },
			{ settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 } },
		);
		expect(uncertain.error?.message).toMatch(/may have received "Refund money through processor"/);
		expect(stage.sandbox.moneySentBack()).toBe(5);
	});

	it('2 payments and refunds are in the currency of the order', async () => {
		const [made] = await run('order', 'create', {
			customerId: byId(customerId),
			...HAT,
			additionalFields: { currency: 'EUR' },
		});
		const [paid] = await run('payment', 'create', { orderId: made.id, processor: 'manual', amount: 1 });
		const [refund] = await run('refund', 'create', {
			orderId: made.id,
			amount: 1,
			lines: { line: [{ orderItemId: (made.items as IDataObject[])[0].id, quantity: 1, amount: 1 }] },
		});
		expect([paid.currency, refund.currency]).toEqual(['EUR', 'EUR']);
		const [listed] = await run('refund', 'getMany', { orderId: made.id });
		expect((listed.refundItems as IDataObject[])[0].amount).toBe(1);
	});

	it('3 and 10 prospects: made, found and changed as each build says it', async () => {
		const [made] = await run('customer', 'create', {
			customerFields: { email: 'p@example.com', type: 'prospect' },
		});
		const prospect = isNewer
			? { type: 'retail', lifecycleStage: 'lead', leadStatus: 'new' }
			: { type: 'prospect' };
		expect(stored(made.id)).toMatchObject(prospect);
		expect(made.status).toBe(isNewer ? 'new' : 'prospect');
		await run('customer', 'update', { customerId: byId(customerId), customerFields: { type: 'b2b' } });
		expect(stored(customerId)).toMatchObject({ type: 'b2b' });
		await run('customer', 'update', { customerId: byId(customerId), customerFields: { type: 'prospect' } });
		expect(stored(customerId)).toMatchObject(
			isNewer ? { type: 'b2b', lifecycleStage: 'lead', leadStatus: 'new' } : { type: 'prospect' },
		);
		const found = await run('customer', 'getMany', { returnAll: true, filters: { type: 'prospect' } });
		const all = stage.sandbox
			.customers()
			.filter((customer) => (isNewer ? customer.lifecycleStage === 'lead' : customer.type === 'prospect'));
		expect(new Set(found.map(({ id }) => id))).toEqual(new Set(all.map(({ id }) => id)));
	});

	it('10 stage and status: written where they are kept, refused in words where they are not', async () => {
		const customerFields = { lifecycleStage: 'opportunity', leadStatus: 'connected' };
		const updated = await stage.run('customer', 'update', { customerId: byId(customerId), customerFields });
		const created = await stage.run('customer', 'create', {
			customerFields: { ...customerFields, firstName: 'Ada' },
		});
		const listed = await stage.run('customer', 'getMany', {
			returnAll: true,
			filters: { leadStatus: 'connected' },
		});
		if (isNewer) {
			expect(updated.items[0].json.status).toBe('connected');
			expect(created.items[0].json.status).toBe('connected');
			expect(listed.items).toHaveLength(2);
			return;
		}
		expect(updated.error?.message).toBe('This version of Sparx has no lifecycleStage, leadStatus');
		expect(created.error?.message).toBe('This version of Sparx has no lifecycleStage, leadStatus');
		expect(listed.error?.message).toMatch(/no lifecycle stage and no lead status to filter by/);
	});

	it('a lead that goes out and comes back changes nothing', async () => {
		for (const { id } of stage.sandbox.customers()) {
			const before = stored(id);
			const [lead] = await run('customer', 'get', { customerId: byId(String(id)) });
			await run('customer', 'update', { customerId: byId(String(id)), customerData: 'lead' }, [lead]);
			expect(stored(id)).toEqual({ ...before, updatedAt: expect.any(String) });
		}
	});

	it('4 emails: exactly first, then in any case, and one customer each', async () => {
		const emails = ['Ada@Example.com', 'ada@example.com', 'ADA@EXAMPLE.COM'];
		const items = await run(
			'customer',
			'upsert',
			{ matchEmail: '={{ $json.email }}' },
			emails.map((email) => ({ email })),
		);
		expect(items.map(({ created }) => created)).toEqual([true, false, false]);
		expect(new Set(items.map(({ id }) => id)).size).toBe(1);
	});

	it('5 company link: sent under both names', async () => {
		const [{ id: companyId }] = await run('company', 'create', { companyName: 'Northwind' });
		const [made] = await run('customer', 'create', { customerFields: { firstName: 'Ada', companyId } });
		expect(stored(made.id)).toMatchObject(isNewer ? { companyId } : { b2bAccountId: companyId });
		// As a workflow made for the older node has it.
		const fieldsJson = JSON.stringify({ firstName: 'Grace', b2bAccountId: companyId });
		const [other] = await run('customer', 'create', { customerData: 'json', fieldsJson });
		expect(stored(other.id)).toMatchObject(isNewer ? { companyId } : { b2bAccountId: companyId });
	});

	it('6 sites: customers of all sites are listed and found', async () => {
		const propertyId = '5a5e0000-0000-4000-8000-000000000002';
		const customer = { email: 'far@example.com', ...(isNewer ? { propertyId } : {}) };
		const { id } = stage.sandbox.addCustomer({ customer });
		const listed = await run('customer', 'getMany', { returnAll: true });
		expect(listed.map((record) => record.id)).toContain(id);
		const [found] = await run('customer', 'upsert', { matchEmail: 'far@example.com' });
		expect([found.id, found.created]).toEqual([id, false]);
	});

	it('7 a taken email is told at once, on create and on update, and sent once at most', async () => {
		const [, { email }] = stage.sandbox.customers();
		const began = Date.now();
		const updated = await stage.run('customer', 'update', {
			customerId: byId(customerId),
			customerFields: { email },
		});
		expect(updated.error?.message).toBe(`Another customer has the email ${String(email)} already`);
		expect(stage.sandbox.statistics().routes['PATCH /crm/customers/:id']).toBeUndefined();
		const created = await stage.run('customer', 'create', { customerFields: { email } });
		expect(created.error?.description).toMatch(/email/);
		expect(stage.sandbox.statistics().routes['POST /crm/customers'].requests).toBe(1);
		expect(Date.now() - began).toBeLessThan(10_000);
	});

	it('9 the discount of a whole order is sent, and the total taken from the answer', async () => {
		const [made] = await run('order', 'create', {
			customerId: byId(customerId),
			...HAT,
			additionalFields: { discountTotal: 3 },
		});
		expect(made.total).toBe(dialect === 'observed' ? 91 : 88);
	});

	it('11 an order is found by its number among more than the newest thousand', async () => {
		const create = async (unitPrice: number, currency = 'USD') =>
			await stage.run('order', 'create', {
				customerId: byId(customerId),
				items: { line: [{ sku: 'HAT-1', name: 'Hat', quantity: 1, unitPrice }] },
				additionalFields: { orderNumber: 'OLD-1', currency },
			});
		const first = await create(5);
		stage.sandbox.seed({ orders: 1200, from: Date.now() + 60_000, to: Date.now() + 120_000 });
		stage.sandbox.addFault({
			method: 'POST',
			path: ordersPath(dialect),
			fault: { kind: 'reset-before' },
			count: 1,
		});
		const again = await create(5);
		expect(again.items[0].json.id).toBe(first.items[0].json.id);
		const belongs = 'The order number OLD-1 belongs to another order already';
		expect((await create(6)).error?.message).toBe(belongs);
		expect((await create(5, 'EUR')).error?.message).toBe(belongs);
		expect(stage.sandbox.writes({ kind: 'order' })).toEqual({ 'OLD-1': 1 });
	}, 60_000);

	it('null in JSON and Clear Fields empty a field; what was left empty stays', async () => {
		stage.sandbox.changeCustomer({
			id: customerId,
			customer: { phone: '1', jobTitle: 'Hatter', lastName: 'Kept' },
		});
		await run('customer', 'update', {
			customerId: byId(customerId),
			customerData: 'json',
			fieldsJson: '{"phone": null}',
			clearFields: ['jobTitle'],
		});
		expect(stored(customerId)).toMatchObject({ phone: null, jobTitle: null, lastName: 'Kept' });
		const both = await stage.run('customer', 'update', {
			customerId: byId(customerId),
			customerFields: { phone: '2' },
			clearFields: ['phone'],
		});
		expect(both.error?.message).toMatch(/among those to clear/);
	});

	it('GDPR consent is written as the object that it is', async () => {
		const consent = {
			grantedAt: '2026-07-01T09:30:00.000Z',
			source: 'signup',
			scope: ['marketing'],
			ipAddress: '192.0.2.1',
		};
		await run('customer', 'update', {
			customerId: byId(customerId),
			customerFields: { gdprConsent: { consent } },
		});
		expect(stored(customerId)).toMatchObject({ gdprConsent: consent });
	});

	it('a customer without a single value is not created', async () => {
		const { error } = await stage.run('customer', 'create', {
			customerFields: { email: '={{ $json.typo }}' },
		});
		expect(error?.message).toBe('There is nothing to create: no field of the customer has a value');
	});

	it('reads the company that was just made', async () => {
		const [{ id }] = await run('company', 'create', { companyName: 'Plain' });
		const [read] = await run('company', 'get', { companyId: byId(String(id)) });
		expect(read).toMatchObject({ id, companyName: 'Plain' });
	});
});

describe('lists that change while they are read', () => {
	it.each(dialects)(
		'gives all 5,000 customers, dialect %s',
		async (dialect) => {
			const stage = await openSparx();
			try {
				stage.sandbox.configure({ dialect });
				stage.sandbox.seed({ customers: 5000 });
				const before = stage.sandbox.customers().map(({ id }) => String(id));
				let changes = 0;
				const changing = setInterval(() => {
					const id = before[(changes * 997) % before.length];
					stage.sandbox.changeCustomer({ id, customer: { jobTitle: `Change ${changes++}` } });
					if (changes % 5 === 0) stage.sandbox.addCustomer({ customer: { firstName: `New ${changes}` } });
				}, 2);
				const { items, error } = await stage.run('customer', 'getMany', { returnAll: true });
				clearInterval(changing);
				expect(error).toBeUndefined();
				const read = new Set(items.map(({ json }) => String(json.id)));
				expect(before.filter((id) => !read.has(id))).toEqual([]);
				expect(read.size).toBe(items.length);
				expect(changes).toBeGreaterThan(0);
			} finally {
				await stage.close();
			}
		},
		60_000,
	);

	it('reads a list by cursor to its end, and says where a list cannot be read whole', async () => {
		const stage = await openSparx();
		try {
			stage.sandbox.configure({ dialect: 'observed' });
			const customerId = String(stage.sandbox.customers()[0].id);
			stage.sandbox.seedEntries({ count: 120 });
			const entries = await stage.run('apiRequest', 'getMany', { path: '/content/entries', returnAll: true });
			expect(entries.items).toHaveLength(120);
			const notes = Array.from({ length: 60 }, (_, index) => ({ text: `Note ${index}` }));
			await stage.run('note', 'create', { text: '={{ $json.text }}', customerId }, { items: notes });
			const activities = await stage.run('apiRequest', 'getMany', {
				path: '/crm/activities',
				returnAll: true,
			});
			expect(activities.error?.message).toBe('Sparx gave 50 records and did not say whether there are more');
			const some = await stage.run('apiRequest', 'getMany', { path: '/crm/activities', limit: 50 });
			expect(some.items).toHaveLength(50);
		} finally {
			await stage.close();
		}
	}, 30_000);
});
