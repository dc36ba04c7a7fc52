import { openSpara, type SparaStage } from './stage.mts';

let stage: SparaStage;
beforeAll(async () => {
	stage = await openSpara();
});
afterAll(async () => await stage.close());

/** The engine harness holds what comes out against the recorded shapes; other operations have tests of their own. */
it.each([true, false])('searches leads, simplified: %s', async (simplify) => {
	const { items, error } = await stage.lead('search', { returnAll: true, simplify });
	expect(error).toBeUndefined();
	expect(items).toHaveLength(25);
	expect(Object.keys(items[0].json)).toEqual(
		expect.arrayContaining(simplify ? ['platform', 'id'] : ['object', 'data']),
	);
});

it.each(['get', 'create'])('gives the raw lead of %s', async (operation) => {
	const [{ id }] = stage.sandbox.leads();
	const parameters = {
		get: { leadId: id },
		create: { leadFields: { email: 'ada@example.com', first_name: 'Ada' } },
	}[operation];
	const { items } = await stage.lead(operation, { ...parameters, simplify: false });
	expect(items[0].json).toMatchObject({ object: 'lead', data: expect.any(Object) });
});
