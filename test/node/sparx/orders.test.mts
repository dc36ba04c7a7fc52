import {
	byId,
	dialects,
	GOES_ON,
	HAT,
	itemsOf,
	keys,
	openSparx,
	ordersPath,
	type SparxStage,
} from './stage.mts';

describe.each(dialects)('orders, dialect %s', (dialect) => {
	let stage: SparxStage;
	let customerId: string;

	beforeEach(async () => {
		stage = await openSparx();
		stage.sandbox.configure({ dialect });
		customerId = String(stage.sandbox.customers()[0].id);
	});
	afterEach(async () => await stage.close());

	const firstOrders = (count: number) => stage.sandbox.orders().slice(0, count);
	const stored = (id: unknown) => stage.sandbox.orders().find((order) => order.id === id);

	it('creates orders, each linked to its item, with money as numbers', async () => {
		const { error, items, linkedInputs } = await stage.run(
			'order',
			'create',
			{
				customerId: byId('={{ $json.customer }}'),
				...HAT,
				additionalFields: {
					currency: 'eur',
					shippingTotal: 5,
					orderNumber: '={{ $json.number }}',
					shippingAddress: { address: { line1: '1 Market Street', city: 'Berlin', country: 'de' } },
					metadata: '{"reference": "r1"}',
				},
			},
			{ items: ['A-1', 'A-2'].map((number) => ({ customer: customerId, number })) },
		);
		expect(error).toBeUndefined();
		expect(items).toEqual(
			['A-1', 'A-2'].map((orderNumber, item) => ({
				json: {
					id: expect.any(String),
					orderNumber,
					status: 'placed',
					paymentStatus: 'unpaid',
					customerId,
					currency: 'EUR',
					total: 96,
					createdAt: expect.any(String),
					updatedAt: expect.any(String),
					items: [{ id: expect.any(String), sku: 'HAT-1', name: 'Felt hat', quantity: 2, unitPrice: 45.5 }],
				},
				pairedItem: { item },
			})),
		);
		expect(linkedInputs.map((input) => input?.number)).toEqual(['A-1', 'A-2']);
		expect(stored(items[0].json.id)).toMatchObject({
			shippingAddress: { line1: '1 Market Street', city: 'Berlin', country: 'DE' },
			metadata: { reference: 'r1' },
			customerNote: null,
		});
	});

	it('takes line items as JSON, and says which is wrong before anything is sent', async () => {
		const parameters = { customerId: byId(customerId), itemsInput: 'json', itemsJson: '={{ $json.lines }}' };
		const lines = [
			[
				{ sku: 'A', name: 'A', unitPrice: 1.5 },
				{ sku: 'B', name: 'B', quantity: 3, unitPrice: 2, taxAmount: 0.5 },
			],
			[{ sku: 'A', name: 'A', unitPrice: 1.555 }],
			[],
		];
		const before = stage.sandbox.statistics().requests;
		const { items } = await stage.run('order', 'create', parameters, {
			items: lines.map((value) => ({ lines: value })),
			settings: GOES_ON,
		});
		expect(items[0].json).toMatchObject({ total: 8 });
		expect(items.slice(1).map(({ json }) => json.error)).toEqual([
			'"Line Items (JSON) > 0.unitPrice" must have 2 decimals at most',
			'"Line Items (JSON)" must hold at least one entry',
		]);
		// One more where the orders stand at the other address.
		expect(stage.sandbox.statistics().requests - before).toBe(dialect === 'newer' ? 1 : 2);
	});

	it('creates unnumbered orders one after another, across executions too', async () => {
		const parameters = { customerId: byId(customerId), ...HAT };
		const runs = await Promise.all(
			[0, 1].map(
				async () => await stage.run('order', 'create', parameters, { items: itemsOf(15, () => ({})) }),
			),
		);
		expect(runs.map(({ error }) => error)).toEqual([undefined, undefined]);
		const numbers = runs.flatMap(({ items }) => items.map(({ json }) => json.orderNumber));
		expect(new Set(numbers).size).toBe(30);
	});

	it('refuses a number of the kind that Sparx gives itself', async () => {
		const { error } = await stage.run('order', 'create', {
			customerId: byId(customerId),
			...HAT,
			additionalFields: { orderNumber: 'O-000012' },
		});
		expect(error?.message).toMatch(/^"Order Number" must not be O- and six digits/);
	});

	it('settles an uncertain create by its number, and takes no other order for it', async () => {
		stage.sandbox.addFault({
			method: 'POST',
			path: ordersPath(dialect),
			count: 1,
			fault: { kind: 'reset-after' },
		});
		const create = async (orderNumber: string, sku: string) =>
			await stage.run('order', 'create', {
				customerId: byId(customerId),
				items: { line: [{ sku, name: 'Hat', quantity: 1, unitPrice: 5 }] },
				additionalFields: { orderNumber },
			});
		const first = await create('N-1', 'HAT-1');
		expect(first.error).toBeUndefined();
		expect(first.items[0].json).toMatchObject({ orderNumber: 'N-1', items: [{ sku: 'HAT-1' }] });
		const other = await create('N-1', 'COAT-1');
		expect(other.error?.message).toBe('The order number N-1 belongs to another order already');
		const same = await create('N-1', 'HAT-1');
		expect(same.items[0].json.id).toBe(first.items[0].json.id);
		expect(stage.sandbox.writes({ kind: 'order' })).toEqual({ 'N-1': 1 });
	});

	it.each([
		['reset-before', { kind: 'reset-before' }],
		['503', { kind: 'status', status: 503 }],
	] as const)('sends a numbered order again that did not arrive: %s', async (_name, fault) => {
		stage.sandbox.addFault({ method: 'POST', path: ordersPath(dialect), count: 1, fault });
		const { error } = await stage.run('order', 'create', {
			customerId: byId(customerId),
			...HAT,
			additionalFields: { orderNumber: 'N-2' },
		});
		expect(error).toBeUndefined();
		expect(stage.sandbox.writes({ kind: 'order' })).toEqual({ 'N-2': 1 });
	});

	it('never sends an unnumbered order twice', async () => {
		stage.sandbox.addFault({
			method: 'POST',
			path: ordersPath(dialect),
			count: 1,
			fault: { kind: 'reset-after' },
		});
		const parameters = {
			customerId: byId(customerId),
			...HAT,
			additionalFields: { metadata: { reference: 'once' } },
		};
		const { error } = await stage.run('order', 'create', parameters, {
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
		});
		expect(error?.message).toBe('Sparx may have received "Create order", but it is not certain');
		expect(stage.sandbox.writes({ kind: 'order' })).toEqual({ once: 1 });
	});

	it('gets orders with their items', async () => {
		const [one, other] = firstOrders(2);
		const { items } = await stage.run(
			'order',
			'get',
			{ orderId: '={{ $json.id }}', simplify: false },
			{
				items: [{ id: other.id }, { id: one.id }],
			},
		);
		expect(items.map(({ json }) => [json.id, typeof json.total, (json.items as object[]).length])).toEqual([
			[other.id, 'number', 1],
			[one.id, 'number', 1],
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('lists orders: all, filtered, limited, with their items', async () => {
		stage.sandbox.seed({ orders: 600 });
		const all = await stage.run('order', 'getMany', { returnAll: true });
		expect(new Set(all.items.map(({ json }) => json.id)).size).toBe(620);
		expect(all.items).toHaveLength(620);
		expect(all.items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);

		const filtered = await stage.run('order', 'getMany', { returnAll: true, filters: { customerId } });
		const own = stage.sandbox.orders().filter((order) => order.customerId === customerId);
		expect(filtered.items).toHaveLength(own.length);

		const some = await stage.run('order', 'getMany', {
			limit: 7,
			options: { fetchItems: true, sortBy: 'createdAt' },
		});
		expect(some.items.map(({ json }) => (json.items as object[]).length)).toEqual([1, 1, 1, 1, 1, 1, 1]);
		expect(some.hints[0].message).toMatch(/There may be more results than the 7/);
	}, 30_000);

	it('reads a list in smaller pages where 250 at once are refused', async () => {
		stage.sandbox.configure({ largestTake: 50 });
		stage.sandbox.seed({ orders: 300 });
		const { items } = await stage.run('order', 'getMany', { returnAll: true });
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(320);
	});

	it('updates and cancels', async () => {
		const [{ id }, { id: otherId }] = firstOrders(2);
		const updated = await stage.run('order', 'update', {
			orderId: id,
			updateFields: {
				internalNote: 'Call first',
				billingAddress: { address: { line1: 'a', city: 'b', country: 'US' } },
			},
			simplify: false,
		});
		expect(updated.items[0].json).toMatchObject({ id, internalNote: 'Call first' });
		expect(stored(id)).toMatchObject({ internalNote: 'Call first', billingAddress: { country: 'US' } });

		const cancelled = await stage.run(
			'order',
			'cancel',
			{ orderId: '={{ $json.id }}', reason: '={{ $json.reason }}' },
			{
				items: [{ id, reason: 'Changed mind' }, { id: otherId }, { id, reason: 'Again' }],
			},
		);
		expect(cancelled.items.map(({ json }) => json.status)).toEqual(['cancelled', 'cancelled', 'cancelled']);
		expect(stored(id)).toMatchObject({ cancelledReason: 'Changed mind' });
		expect(stored(otherId)).toMatchObject({ cancelledReason: null });
		expect((await stage.run('order', 'update', { orderId: id })).error?.message).toMatch(/nothing to update/);
	});

	it('says in words that the module is off, and never that a record is missing', async () => {
		stage.sandbox.configure({ isCrmActive: false });
		const { error } = await stage.run('order', 'get', { orderId: firstOrders(1)[0].id });
		expect(error?.message).toBe('The CRM module of this Sparx account is not active');
		expect(error).toMatchObject({ httpCode: dialect === 'documented' ? '403' : '404' });
	});

	it.each([
		[
			'an unknown order',
			'order',
			'get',
			{ orderId: '00000000-0000-4000-8000-000000000000' },
			keys.editor,
			'404',
		],
		['an ID that is none', 'order', 'get', { orderId: 'nonsense' }, keys.editor, '422'],
		['a wrong key', 'order', 'getMany', {}, 'sk_live_wrong', '401'],
		[
			'a key that may only read',
			'order',
			'cancel',
			{ orderId: '00000000-0000-4000-8000-000000000000' },
			keys.viewer,
			'403',
		],
	])(
		'fails on %s with status, code and request ID',
		async (_cause, resource, operation, parameters, apiKey, status) => {
			const { items } = await stage.run(resource, operation, parameters, {
				credential: { apiKey },
				settings: GOES_ON,
			});
			expect(items[0].json.details).toEqual({
				status: Number(status),
				code: expect.stringMatching(/^(not_found|validation_error|unauthorized|forbidden)$/i),
				requestId: expect.stringMatching(dialect === 'documented' ? /^[\w-]{36}$/ : /^req_/),
			});
			expect(JSON.stringify(items)).not.toContain(apiKey);
		},
	);

	it('takes a refusal for the rate limit for what it is, and sends the order once', async () => {
		stage.sandbox.addFault({
			method: 'POST',
			path: ordersPath(dialect),
			count: 2,
			fault: { kind: 'rate-limited', retryAfter: 'seconds', waitMs: 1000 },
		});
		const parameters = {
			customerId: byId(customerId),
			...HAT,
			additionalFields: { metadata: '={{ { reference: $json.r } }}' },
		};
		const { error, items } = await stage.run('order', 'create', parameters, {
			items: itemsOf(4, (index) => ({ r: `r${index}` })),
		});
		expect(error).toBeUndefined();
		expect(items).toHaveLength(4);
		expect(stage.sandbox.writes({ kind: 'order' })).toEqual({ r0: 1, r1: 1, r2: 1, r3: 1 });
		expect(stage.sandbox.statistics().routes[`POST ${ordersPath(dialect)}`].requests).toBe(6);
	}, 20_000);
});
