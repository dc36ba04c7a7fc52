import type { Ending } from '../../../nodes/shared/operation/idempotency.ts';
import { RunJournal } from '../../../nodes/shared/transport/journal.ts';
import { FakeClock } from '../support/fakeClock.mts';
import { ProcessedData } from '../support/processedData.mts';

jest.setTimeout(120_000);

const NODE = 'workflow node';
const CONCURRENCY = 5;

/** A vendor's side: how often each key was carried out, whatever the sender learned of it. */
type Vendor = Map<string, number>;

/** One n8n process; once killed, nothing of it goes on. */
class Process {
	readonly #modules = freshModules();

	readonly #database: ProcessedData;

	readonly #clock: FakeClock;

	#isDead = false;

	#die = (): void => {};

	readonly #death = new Promise<void>((resolve) => (this.#die = resolve));

	constructor(database: ProcessedData, clock: FakeClock) {
		this.#database = database;
		this.#clock = clock;
	}

	kill(): void {
		this.#isDead = true;
		this.#die();
	}

	/** Passes time, for as long as the process lives. */
	readonly #pause = async (ms: number): Promise<void> => {
		await this.#clock.sleep(ms);
		if (this.#isDead) await new Promise(() => {});
	};

	/** Carries out the keys as one run of the node does, five at a time; ends when all have ended or it was killed. */
	async run(keys: string[], vendor: Vendor, told: Map<string, string>): Promise<void> {
		const { Claims, ClaimStore } = this.#modules;
		const latency = (): number => Math.floor(this.#clock.random() * 6);
		const helpers = this.#database.helpers(NODE, this.#pause, latency);
		const clock = { now: () => this.#clock.now(), random: () => 0, sleep: this.#pause };
		const items = keys.map((key, itemIndex) => ({ key, itemIndex }));
		const claims = new Claims(new ClaimStore(NODE, helpers, clock), new RunJournal(), NODE, items);
		const left = [...items];
		const worker = async (): Promise<void> => {
			for (let item = left.shift(); item; item = left.shift()) {
				const { key, itemIndex } = item;
				const claim = await claims.claim(itemIndex);
				if (claim !== 'ours') {
					told.set(key, claim);
					continue;
				}
				const ending = await this.#send(key, vendor);
				told.set(key, ending);
				claims.end(itemIndex, ending);
			}
		};
		const all = async (): Promise<void> => {
			await Promise.all(Array.from({ length: CONCURRENCY }, worker));
			await claims.close();
		};
		await Promise.race([all(), this.#death]);
	}

	/** A twentieth of the requests goes wrong, in each way that matters to a key. */
	async #send(key: string, vendor: Vendor): Promise<Ending> {
		const chance = this.#clock.random();
		await this.#pause(5);
		if (chance < 0.02) return 'notDone';
		vendor.set(key, (vendor.get(key) ?? 0) + 1);
		await this.#pause(5 + Math.floor(this.#clock.random() * 20));
		return chance < 0.05 ? 'uncertain' : 'done';
	}
}

function freshModules() {
	type Loaded = typeof import('../../../nodes/shared/operation/idempotency.ts') &
		typeof import('../../../nodes/shared/operation/claimStore.ts');
	let loaded: Loaded | undefined;
	jest.isolateModules(() => {
		loaded = {
			...jest.requireActual('../../../nodes/shared/operation/claimStore.ts'),
			...jest.requireActual('../../../nodes/shared/operation/idempotency.ts'),
		} as Loaded;
	});
	return loaded as Loaded;
}

describe('10,000 items with keys, by two workers at once, a twentieth of the requests faulty', () => {
	it.each([1])(
		'are carried out once, although workers are killed and everything is run three times (seed %i)',
		async (seed) => {
			const [database, clock, vendor] = [new ProcessedData(), new FakeClock(seed), new Map() as Vendor];
			const count = 10_000 / 2;
			const perRun = 100;
			// Each kind of operation has keys of its own: creates and calls.
			const keys = ['create', 'call'].flatMap((kind) =>
				Array.from({ length: count }, (_, index) => `${kind} ${index}`),
			);
			const told = new Map<string, string>();
			let workers = [new Process(database, clock), new Process(database, clock)];
			for (let round = 0; round < 3; round++) {
				for (let first = 0; first < keys.length; first += perRun) {
					const part = keys.slice(first, first + perRun);
					const running = workers.map(async (worker) => await worker.run(part, vendor, told));
					if (clock.random() < 0.1) {
						const [victim, survivor] = clock.random() < 0.5 ? workers : [...workers].reverse();
						running.push(clock.sleep(clock.random() * 300).then(() => victim.kill()));
						workers = [survivor, new Process(database, clock)];
					}
					await clock.run(Promise.all(running));
				}
			}
			const times = keys.map((key) => vendor.get(key) ?? 0);
			expect(times.filter((each) => each > 1)).toEqual([]);
			expect(keys.filter((key) => !told.has(key))).toEqual([]);
			// What was not carried out is known to be so, or uncertain; never taken for done.
			const wrong = keys.filter((key) => (vendor.get(key) ?? 0) === 0 && told.get(key) === 'done');
			expect(wrong).toEqual([]);
			const outcomes: Record<string, number> = {};
			for (const outcome of told.values()) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
			console.info(`${times.filter((each) => each === 1).length} carried out; ${JSON.stringify(outcomes)}`);
		},
	);
});
