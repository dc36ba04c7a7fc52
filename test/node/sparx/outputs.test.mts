import { byId, HAT, openSparx, type SparxStage } from './stage.mts';

let stage: SparxStage;
beforeAll(async () => {
	stage = await openSparx();
});
afterAll(async () => await stage.close());

/** The engine harness holds what comes out against the recorded shapes; other operations have tests of their own. */
it.each([
	['get', true],
	['get', false],
	['update', true],
	['update', false],
	['getMany', false],
])('gives orders of %s, simplified: %s', async (operation, simplify) => {
	const [{ id }] = stage.sandbox.orders();
	const { items, error } = await stage.run('order', operation, {
		orderId: id,
		updateFields: { internalNote: 'Gift' },
		returnAll: true,
		simplify,
	});
	expect(error).toBeUndefined();
	expect(items[0].json).toHaveProperty('orderNumber');
	expect('tenantId' in items[0].json).toBe(!simplify);
});

it('gives the raw order that it has placed, and the raw customer', async () => {
	const [{ id }] = stage.sandbox.customers();
	const customerId = byId(String(id));
	const placed = await stage.run('order', 'create', { customerId, ...HAT, simplify: false });
	expect(placed.items[0].json).toHaveProperty('items');
	const read = await stage.run('customer', 'get', { customerId, simplify: false });
	expect(read.items[0].json).toHaveProperty('tenantId');
});
