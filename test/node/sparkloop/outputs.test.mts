import { byId, FAST, openSparkLoop, type SparkLoopStage } from './stage.mts';

let stage: SparkLoopStage;
beforeAll(async () => {
	stage = await openSparkLoop({}, FAST);
	stage.sandbox.limit({ name: 'general' });
});
afterAll(async () => await stage.close());

/** The engine harness holds what comes out against the recorded shapes; other operations have tests of their own. */
it('gives the recommendation that it has changed', async () => {
	const { items: listed } = await stage.run('recommendation.getMany', {
		upscribeId: byId('upscribe_acme_1'),
		limit: 1,
	});
	const { items, error } = await stage.run('recommendation.update', {
		upscribeId: byId('upscribe_acme_1'),
		recommendationId: String(listed[0].json.id),
		reason: 'Readers like it',
	});
	expect(error).toBeUndefined();
	expect(items[0].json).toMatchObject({ id: listed[0].json.id, refCode: expect.any(String) });
});

it.each(['campaign', 'offer', 'partnerCampaign', 'partnerProgram', 'publication', 'upscribe'])(
	'gives the raw %s too',
	async (resource) => {
		const { items, error } = await stage.run(`${resource}.getMany`, { returnAll: true, simplify: false });
		expect(error).toBeUndefined();
		expect(items[0].json).toHaveProperty('uuid');
	},
);
