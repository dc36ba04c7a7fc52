import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { request } from 'undici';
import { systemClock } from '../../../nodes/shared/clock';
import { SkippingClock } from '../engine/skippingClock.mts';
import { ACCOUNT, itemsOf, openSparkLoop, type SparkLoopStage } from './stage.mts';

const WINDOW_MS = 60_000;
const LIMIT = 60;
const COUNT = 600;

let stage: SparkLoopStage;
let clock: SkippingClock;

/** Node and sandbox live in the same time. */
beforeEach(async () => {
	clock = new SkippingClock();
	jest.spyOn(systemClock, 'now').mockImplementation(clock.now);
	jest.spyOn(systemClock, 'sleep').mockImplementation(clock.sleep);
	stage = await openSparkLoop({ clock });
});

afterEach(async () => {
	await stage.close();
	clock.stop();
	jest.restoreAllMocks();
});

const people = (count: number, from = 0): IDataObject[] =>
	itemsOf(count, (index) => ({ email: `person-${from + index}@fire.example` }));

const create = async (items: IDataObject[]) =>
	await stage.run('subscriber.create', { email: '={{ $json.email }}' }, { items });

const emailsOf = (items: INodeExecutionData[]) => items.map(({ json }) => json.email);

/** Each was created once, and what came back stands in the place of the item it belongs to. */
function expectEachOnce(runs: Array<Awaited<ReturnType<typeof create>>>, given: IDataObject[][]): void {
	const writes = stage.sandbox.writes({ kind: 'create' });
	const emails = given.flat().map(({ email }) => String(email));
	expect(Object.keys(writes).sort()).toEqual([...emails].sort());
	expect(stage.sandbox.duplicates({ kind: 'create' })).toEqual({});
	runs.forEach(({ error, items, linkedInputs }, run) => {
		expect(error).toBeUndefined();
		expect(emailsOf(items)).toEqual(given[run].map(({ email }) => email));
		expect(linkedInputs).toEqual(given[run]);
	});
}

/** How often our own requests were rejected. */
const rejected = (): number => stage.sandbox.statistics().routes['POST /subscribers'].statuses[429] ?? 0;

/** From the first accepted request to the last, against what the limit allows at best. */
function timeAgainstIdeal(): number {
	const accepted = stage.sandbox.accepted({ limit: 'general' });
	const took = accepted[accepted.length - 1] - accepted[0];
	const ideal = (Math.ceil(COUNT / LIMIT) - 1) * WINDOW_MS;
	return took / ideal;
}

describe(`${COUNT} creates at the documented limit`, () => {
	it.each([1, 2])(
		'from %d executions at once: none rejected, each once, in the ideal time',
		async (executions) => {
			const share = COUNT / executions;
			const given = itemsOf(executions, (execution) => ({ items: people(share, execution * share) })).map(
				({ items }) => items as IDataObject[],
			);
			const runs = await Promise.all(given.map(create));

			const ratio = timeAgainstIdeal();
			console.log(
				`${executions} executions: ${rejected()} rejected, ${((ratio - 1) * 100).toFixed(2)} % over the ideal time`,
			);
			expectEachOnce(runs, given);
			expect(stage.sandbox.statistics().rejected).toEqual({});
			expect(ratio).toBeGreaterThanOrEqual(1);
			expect(ratio).toBeLessThan(1.01);
		},
		60_000,
	);
});

/** Another program with the same key: sends at an even pace, whatever it is answered, until it is stopped. */
function startForeignClient(perWindow: number) {
	const controller = new AbortController();
	const { signal } = controller;
	const run = async (): Promise<void> => {
		while (!signal.aborted) {
			const headers = { 'x-api-key': ACCOUNT.key };
			await clock.during(
				async () => await (await request(`${stage.baseUrl}/campaigns`, { headers })).body.dump(),
			);
			await clock.sleep(WINDOW_MS / perWindow, signal).catch(() => {});
		}
	};
	const running = run();
	return async (): Promise<void> => {
		controller.abort();
		await running;
	};
}

it(`${COUNT} creates from two executions beside a client that eats a third of the limit: each once, under 2 % rejected`, async () => {
	const given = [people(COUNT / 2), people(COUNT / 2, COUNT / 2)];
	const stopForeignClient = startForeignClient(LIMIT / 3);
	await clock.sleep(WINDOW_MS);
	const startedAt = clock.now();
	const runs = await Promise.all(given.map(create));
	const windows = (clock.now() - startedAt) / WINDOW_MS;
	await stopForeignClient();

	const share = rejected() / COUNT;
	console.log(
		`beside a foreign client: ${rejected()} of ${COUNT} rejected (${(share * 100).toFixed(2)} %), ${windows.toFixed(1)} windows`,
	);
	expectEachOnce(runs, given);
	expect(share).toBeLessThan(0.02);
}, 120_000);
