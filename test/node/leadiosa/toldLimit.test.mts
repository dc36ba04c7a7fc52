import { systemClock } from '../../../nodes/shared/clock';
import { SkippingClock } from '../engine/skippingClock.mts';
import { openStage, type Stage } from './stage.mts';

/** What the account's plan really has: a third of what its credential states. */
const PLAN = { limit: 100, windowMs: 60_000 };
const ITEMS = 130;

let stage: Stage;
let clock: SkippingClock;

/** Node and sandbox live in the same time, which skips what nobody uses: the window keeps its real length. */
beforeEach(async () => {
	clock = new SkippingClock();
	jest.spyOn(systemClock, 'now').mockImplementation(clock.now);
	jest.spyOn(systemClock, 'sleep').mockImplementation(clock.sleep);
	stage = await openStage({ clock });
});
afterEach(async () => {
	await stage.close();
	clock.stop();
	jest.restoreAllMocks();
});

it('a limit that only the headers tell of is kept before anything is refused', async () => {
	stage.leadiosa.limit({ name: 'general', windows: [PLAN] });
	const credential = { limitRate: true, rateLimitRequests: 300, rateLimitSeconds: 60 };
	const items = Array.from({ length: ITEMS }, () => ({}));
	const { items: output, error } = await stage.run(
		'conversation',
		'getMany',
		{ limit: 1, options: { maxConcurrentRequests: 10 } },
		items,
		{ credential },
	);
	expect(error).toBeUndefined();
	expect(output).toHaveLength(ITEMS);
	expect(stage.leadiosa.requests().filter(({ status }) => status === 429)).toHaveLength(0);
});
