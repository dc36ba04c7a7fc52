import { systemClock } from '../../../nodes/shared/clock';
import { SkippingClock } from '../engine/skippingClock.mts';
import { flow, openStage, type Stage } from './stage.mts';

const HOUR = { limit: 1000, seconds: 3600 };
const MINUTE = { limit: 100, seconds: 60 };
const LEADS = 2500;

/** 1,000 leads in the first nine minutes, 1,000 more an hour later, and the last 500 in four minutes after another hour. */
const IDEAL_MS = (2 * HOUR.seconds + 4 * MINUTE.seconds) * 1000;

let stage: Stage;
let clock: SkippingClock;

/** Node and sandbox live in the same time, which skips what nobody uses: the windows keep their documented length. */
beforeEach(async () => {
	clock = new SkippingClock();
	jest.spyOn(systemClock, 'now').mockImplementation(clock.now);
	jest.spyOn(systemClock, 'sleep').mockImplementation(clock.sleep);
	stage = await openStage({ clock });
	stage.limitTo({ hour: HOUR, minute: MINUTE });
});

afterEach(async () => {
	await stage.close();
	clock.stop();
	jest.restoreAllMocks();
});

it('2,500 single leads use both limits to the full: none rejected, within 3 % of the ideal time', async () => {
	const items = Array.from({ length: LEADS }, (_, row) => ({ row, email: `single${row}@shop.example` }));
	const parameters = { flowId: flow(), leadData: 'json', fieldsJson: '={{ { email: $json.email } }}' };
	const { items: output, error } = await stage.run(['lead', 'submit'], parameters, items);

	expect(error).toBeUndefined();
	expect(output.map(({ pairedItem }) => pairedItem)).toEqual(items.map(({ row }) => ({ item: row })));
	expect(stage.leadconduit.statistics().rejected).toEqual({});
	expect(stage.leadconduit.duplicates({ kind: 'receive' })).toEqual({});
	expect(stage.leadconduit.peak({ limit: 'general', windowMs: HOUR.seconds * 1000 })).toBe(HOUR.limit);
	expect(stage.leadconduit.peak({ limit: 'general', windowMs: MINUTE.seconds * 1000 })).toBe(MINUTE.limit);
	const accepted = stage.leadconduit.accepted({ limit: 'general' });
	const ratio = (accepted[LEADS - 1] - accepted[0]) / IDEAL_MS;
	console.info(
		`2,500 leads against 1,000 an hour and 100 a minute: 0 rejected, ${ratio.toFixed(4)} of the ideal time`,
	);
	expect(ratio).toBeLessThan(1.03);
}, 120_000);
