import { openStage, type Stage } from './stage.mts';

/** Much more than it takes, for a machine that does other things meanwhile. */
jest.setTimeout(60_000);

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => await stage.close());

it('a limit that only the headers tell of is kept before anything is refused', async () => {
	// A plan with a third of what the documentation shows, scaled to seconds.
	stage.leadiosa.limit({ name: 'general', windows: [{ limit: 20, windowMs: 3000 }] });
	const credential = { limitRate: true, rateLimitRequests: 60, rateLimitSeconds: 3 };
	const items = Array.from({ length: 52 }, () => ({}));
	const { items: output, error } = await stage.run(
		'conversation',
		'getMany',
		{ limit: 1, options: { maxConcurrentRequests: 10 } },
		items,
		{ credential },
	);
	expect(error).toBeUndefined();
	expect(output).toHaveLength(52);
	const refused = stage.leadiosa.requests().filter(({ status }) => status === 429);
	expect(refused).toHaveLength(0);
});
