import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Beginning, Fate } from '../../../nodes/shared/webhook/dedupe.ts';

const HOUR_MS = 60 * 60 * 1000;
const MAX_AGE_MS = 24 * HOUR_MS;
const STORED = 1000;
const START_MS = Date.UTC(2026, 0, 1);

type Module = typeof import('../../../nodes/shared/webhook/dedupe.ts');

/** The module as a process has it that has just started. */
function freshProcess(): Module {
	let loaded: Module | undefined;
	jest.isolateModules(() => {
		loaded = jest.requireActual<Module>('../../../nodes/shared/webhook/dedupe.ts');
	});
	return loaded as Module;
}

/** The workflow's static data as n8n's database has it: every delivery loads all of it, and saves all of it. */
class Database {
	#json = '{}';

	load(): IDataObject {
		return JSON.parse(this.#json) as IDataObject;
	}

	save(staticData: IDataObject): void {
		this.#json = JSON.stringify(staticData);
	}

	get size(): number {
		return Buffer.byteLength(this.#json);
	}
}

/** A process that takes the deliveries of one trigger. */
class Process {
	readonly #module = freshProcess();

	readonly database: Database;

	readonly trigger: string;

	constructor(database = new Database(), trigger = 'workflow trigger') {
		this.database = database;
		this.trigger = trigger;
	}

	begin(key: string, now: number): Beginning & { staticData: IDataObject } {
		const staticData = this.database.load();
		return { ...this.#module.deliveriesOf(this.trigger).begin(key, staticData, now), staticData };
	}

	/** Takes a delivery and hands it over; whether it was a new one. */
	accepts(key: string, now: number): boolean {
		const begun = this.begin(key, now);
		if (begun.state !== 'new') return false;
		begun.handling.handOver(now);
		this.database.save(begun.staticData);
		return true;
	}

	restarted(): Process {
		return new Process(this.database, this.trigger);
	}
}

/** A delivery that must be a new one. */
function newOne(begun: Beginning & { staticData: IDataObject }) {
	if (begun.state !== 'new') throw new Error(`It is ${begun.state}`);
	return begun;
}

function fateOf(begun: Beginning): Promise<Fate> {
	if (begun.state !== 'beingHandled') throw new Error(`It is ${begun.state}`);
	return begun.fate;
}

describe('a delivery', () => {
	const steps = fc.array(
		fc.oneof(
			{
				weight: 20,
				arbitrary: fc.record({
					key: fc.integer({ min: 0, max: 12 }).map(String),
					waitMs: fc.nat(3 * HOUR_MS),
				}),
			},
			{ weight: 1, arbitrary: fc.constant('restart' as const) },
		),
		{ maxLength: 60 },
	);

	it('is accepted exactly once within a day, also over restarts', () => {
		fc.assert(
			fc.property(steps, (given) => {
				let trigger = new Process();
				const acceptedAt = new Map<string, number>();
				let now = START_MS;
				for (const step of given) {
					if (step === 'restart') {
						trigger = trigger.restarted();
						continue;
					}
					now += step.waitMs;
					const since = acceptedAt.get(step.key);
					const isNew = since === undefined || now - since >= MAX_AGE_MS;
					expect(trigger.accepts(step.key, now)).toBe(isNew);
					if (isNew) acceptedAt.set(step.key, now);
				}
			}),
		);
	});

	it('is known until it is a day old, to the millisecond', () => {
		for (const restarts of [false, true]) {
			let trigger = new Process();
			expect(trigger.accepts('a', START_MS)).toBe(true);
			if (restarts) trigger = trigger.restarted();
			expect(trigger.accepts('a', START_MS + MAX_AGE_MS - 1)).toBe(false);
			expect(trigger.accepts('a', START_MS + MAX_AGE_MS)).toBe(true);
			expect(trigger.accepts('a', START_MS + MAX_AGE_MS + 1)).toBe(false);
		}
	});

	it('is accepted once when it comes several times at the same moment', () => {
		const trigger = new Process();
		expect([1, 2, 3].map(() => trigger.accepts('a', START_MS))).toEqual([true, false, false]);
	});
});

describe('many deliveries', () => {
	it('are each accepted once: 10,000 of them, replayed in another order', () => {
		const trigger = new Process();
		const keys = Array.from({ length: 10_000 }, (_, index) => `delivery ${index}`);
		const replays = [...keys].reverse();
		expect(keys.filter((key, index) => trigger.accepts(key, START_MS + index))).toHaveLength(10_000);
		expect(replays.filter((key, index) => trigger.accepts(key, START_MS + 10_000 + index))).toEqual([]);
	});

	it('leave the last 1,000 known after a restart', () => {
		const trigger = new Process();
		for (let index = 0; index < STORED + 500; index++) trigger.accepts(String(index), START_MS + index);
		const restarted = trigger.restarted();
		for (let index = 500; index < STORED + 500; index++) {
			expect(restarted.accepts(String(index), START_MS + HOUR_MS)).toBe(false);
		}
		expect(restarted.accepts('499', START_MS + HOUR_MS)).toBe(true);
	});

	it('take 20 kB of static data, however many there are and however long their IDs', () => {
		const trigger = new Process();
		for (let index = 0; index < STORED + 10; index++)
			trigger.accepts('long '.repeat(100) + index, START_MS + index / 3);
		expect(trigger.database.size).toBe(20_017);
	});

	it('leave nothing behind that is older than a day', () => {
		const trigger = new Process();
		for (let index = 0; index < 100; index++) trigger.accepts(String(index), START_MS);
		const size = trigger.database.size;
		trigger.accepts('later', START_MS + MAX_AGE_MS);
		expect(trigger.database.size).toBe(size - 99 * 20);
	});

	it('are known in the form that version 1 of the package left them', () => {
		const database = new Database();
		// 16 characters of a digest each, as that version cut them.
		const digest = (key: string) => createHash('sha256').update(key).digest('base64url').slice(0, 16);
		database.save({ deliveries: ['a', 'b'].map((key, index) => `${START_MS + index} ${digest(key)}`) });
		const trigger = new Process(database);
		expect(['a', 'b', 'c'].map((key) => trigger.accepts(key, START_MS + 2))).toEqual([false, false, true]);
		expect(['a', 'b', 'c'].map((key) => trigger.restarted().accepts(key, START_MS + 3))).toEqual([
			false,
			false,
			false,
		]);
	});
});

describe('a delivery that is being handled', () => {
	it('is told from one that was handed over, until its fate is known', async () => {
		const trigger = new Process();
		const first = newOne(trigger.begin('a', START_MS));
		const second = trigger.begin('a', START_MS + 1);
		expect(second.state).toBe('beingHandled');
		first.handling.handOver(START_MS + 2);
		expect(await fateOf(second)).toBe('handedOver');
		expect(trigger.begin('a', START_MS + 3).state).toBe('repeated');
	});

	it('is a new one again when it was not handed over, in this process and after a restart', async () => {
		const trigger = new Process();
		const first = newOne(trigger.begin('a', START_MS));
		const second = trigger.begin('a', START_MS + 1);
		first.handling.forget();
		trigger.database.save(first.staticData);
		expect(await fateOf(second)).toBe('notHandedOver');
		expect(trigger.restarted().begin('a', START_MS + 2).state).toBe('new');
		expect(trigger.accepts('a', START_MS + 2)).toBe(true);
	});

	it('leaves nothing in the static data before it was handed over', () => {
		const trigger = new Process();
		expect(newOne(trigger.begin('a', START_MS)).staticData).toEqual({});
	});

	it('stays handed over, whatever is said later', () => {
		const trigger = new Process();
		const { handling } = newOne(trigger.begin('a', START_MS));
		handling.handOver(START_MS);
		handling.forget();
		expect(trigger.begin('a', START_MS + 1).state).toBe('repeated');
	});

	it('holds a repeat up for two minutes at most, and counts when its word comes late', async () => {
		const trigger = new Process();
		const { handling } = newOne(trigger.begin('a', START_MS));
		const second = trigger.begin('a', START_MS + 119_999);
		newOne(trigger.begin('a', START_MS + 120_000)).handling.forget();
		expect(await fateOf(second)).toBe('unknown');
		handling.handOver(START_MS + 200_000);
		expect(trigger.begin('a', START_MS + 200_001).state).toBe('repeated');
	});
});

describe('several processes on one database', () => {
	it('know what another one has handed over', () => {
		const one = new Process();
		const other = one.restarted();
		const keys = Array.from({ length: 150 }, (_, index) => String(index));
		const first = keys.filter((key, index) => (index % 2 ? one : other).accepts(key, START_MS + index));
		const second = keys.filter((key, index) =>
			(index % 2 ? other : one).accepts(key, START_MS + 1000 + index),
		);
		expect([first.length, second.length]).toEqual([150, 0]);
	});

	it('bring back with their next delivery what another one has overwritten', () => {
		const one = new Process();
		const other = one.restarted();
		const ofOne = newOne(one.begin('a', START_MS));
		const ofOther = newOne(other.begin('b', START_MS));
		for (const { handling, staticData } of [ofOne, ofOther]) {
			handling.handOver(START_MS);
			one.database.save(staticData);
		}
		one.accepts('c', START_MS + 1);
		other.accepts('d', START_MS + 2);
		const restarted = one.restarted();
		const again = ['a', 'b', 'c', 'd'].filter((key) => restarted.accepts(key, START_MS + 3));
		expect(again).toEqual([]);
	});

	it('lose nothing of many deliveries that one of them handles at the same moment', () => {
		const trigger = new Process();
		const keys = Array.from({ length: 50 }, (_, index) => String(index));
		const begun = keys.map((key) => newOne(trigger.begin(key, START_MS)));
		for (const { handling, staticData } of begun) {
			handling.handOver(START_MS + 1);
			trigger.database.save(staticData);
		}
		const restarted = trigger.restarted();
		expect(keys.filter((key) => restarted.accepts(key, START_MS + 2))).toEqual([]);
	});
});

it('keeps triggers of one process apart', () => {
	const { deliveriesOf } = freshProcess();
	const states = ['workflow trigger', 'workflow other', 'workflow trigger'].map((trigger) => {
		const begun = deliveriesOf(trigger).begin('a', {}, START_MS);
		if (begun.state === 'new') begun.handling.handOver(START_MS);
		return begun.state;
	});
	expect(states).toEqual(['new', 'new', 'repeated']);
});

describe('the key of a delivery', () => {
	const { deliveryKey } = freshProcess();

	it('is its ID where it has one', () => {
		expect(deliveryKey('d-1', Buffer.from('a'))).toBe('d-1');
	});

	it('is made of its bytes where it has none', () => {
		expect(deliveryKey(undefined, Buffer.from('a'))).toBe(deliveryKey(undefined, Buffer.from('a')));
		expect(deliveryKey(undefined, Buffer.from('a'))).not.toBe(deliveryKey(undefined, Buffer.from('a ')));
	});
});
