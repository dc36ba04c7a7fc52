import { setTimeout as sleep } from 'node:timers/promises';
import { FAST, openSparkLoop, type SparkLoopStage } from './stage.mts';

let stage: SparkLoopStage;
beforeEach(async () => {
	stage = await openSparkLoop({}, FAST);
	stage.sandbox.limit({ name: 'general', windows: [] });
});
afterEach(async () => await stage.close());

const readAll = async () => await stage.run('subscriber.getMany', { returnAll: true });

const seed = (count: number, prefix: string): string[] =>
	stage.sandbox.seedSubscribers({ count, prefix, from: 1_600_000_000, to: 1_760_000_000 });

it.each(['nested', 'top-level', 'none'] as const)(
	'reads 20,000 subscribers once each while new ones arrive at the top (meta: %s)',
	async (meta) => {
		stage.sandbox.configure({ meta });
		seed(20_000, 'many');
		const before = new Set(stage.sandbox.subscribers().map(({ uuid }) => uuid));
		const reading = readAll();
		let isRead = false;
		void reading.finally(() => (isRead = true));
		let arrived = 0;
		for (; !isRead; arrived++) {
			const now = Date.now() / 1000;
			stage.sandbox.seedSubscribers({ count: 7, prefix: `late-${arrived}`, from: now, to: now });
			await sleep(10);
		}
		const { error, items } = await reading;

		expect(error).toBeUndefined();
		const ids = items.map(({ json }) => String(json.id));
		console.log(
			`meta ${meta}: ${ids.length} read, ${new Set(ids).size} distinct, ${arrived * 7} arrived meanwhile, ${stage.sandbox.statistics().requests} requests`,
		);
		expect(arrived).toBeGreaterThan(10);
		expect(new Set(ids).size).toBe(ids.length);
		const read = new Set(ids);
		expect([...before].filter((uuid) => !read.has(uuid))).toEqual([]);
		expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
	},
	60_000,
);

it('asks for no page that it does not need, and for pages of one size', async () => {
	seed(375, 'full');
	expect((await readAll()).items).toHaveLength(400);
	expect(stage.sandbox.statistics().requests).toBe(2);
	expect((await stage.run('subscriber.getMany', { limit: 250 })).items).toHaveLength(250);
	expect(stage.sandbox.statistics().requests).toBe(4);
	expect((await stage.run('subscriber.getMany', { limit: 10 })).items).toHaveLength(10);
	expect(stage.sandbox.statistics().requests).toBe(5);
});

it('says how far it came when a page cannot be read', async () => {
	seed(375, 'cut');
	stage.sandbox.addFault({ method: 'GET', every: 2, fault: { kind: 'status', status: 403 } });
	const { error } = await readAll();
	expect(error).toMatchObject({
		httpCode: '403',
		description: expect.stringContaining('200 results had been read before'),
	});
});
