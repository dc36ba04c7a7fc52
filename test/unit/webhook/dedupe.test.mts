import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { acceptOnce as AcceptOnce, DeliveryMemory } from '../../../nodes/shared/webhook/dedupe.ts';

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

/** A trigger in a process; `restart` saves the static data as n8n does and loads it in a new process. */
class Trigger {
	staticData: IDataObject = {};

	#acceptOnce: typeof AcceptOnce = freshProcess().acceptOnce;

	readonly #name: string;

	constructor(name = 'workflow node trigger') {
		this.#name = name;
	}

	accepts(key: string, now: number): boolean {
		const memory: DeliveryMemory = { trigger: this.#name, staticData: this.staticData };
		return this.#acceptOnce(memory, key, now);
	}

	restart(): void {
		this.staticData = JSON.parse(JSON.stringify(this.staticData)) as IDataObject;
		this.#acceptOnce = freshProcess().acceptOnce;
	}
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
				const trigger = new Trigger();
				const acceptedAt = new Map<string, number>();
				let now = START_MS;
				for (const step of given) {
					if (step === 'restart') {
						trigger.restart();
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
			const trigger = new Trigger();
			expect(trigger.accepts('a', START_MS)).toBe(true);
			if (restarts) trigger.restart();
			expect(trigger.accepts('a', START_MS + MAX_AGE_MS - 1)).toBe(false);
			expect(trigger.accepts('a', START_MS + MAX_AGE_MS)).toBe(true);
			expect(trigger.accepts('a', START_MS + MAX_AGE_MS + 1)).toBe(false);
		}
	});

	it('is accepted once when it comes several times at the same moment', () => {
		const trigger = new Trigger();
		expect([1, 2, 3].map(() => trigger.accepts('a', START_MS))).toEqual([true, false, false]);
	});
});

describe('many deliveries', () => {
	it('are each accepted once: 10,000 of them, replayed in another order', () => {
		const trigger = new Trigger();
		const keys = Array.from({ length: 10_000 }, (_, index) => `delivery ${index}`);
		const replays = [...keys].reverse();
		expect(keys.filter((key, index) => trigger.accepts(key, START_MS + index))).toHaveLength(10_000);
		expect(replays.filter((key, index) => trigger.accepts(key, START_MS + 10_000 + index))).toEqual([]);
	});

	it('leave the last 1,000 known after a restart, and 1,000 stored at most', () => {
		const trigger = new Trigger();
		for (let index = 0; index < STORED + 500; index++) trigger.accepts(String(index), START_MS + index);
		expect(trigger.staticData.deliveries).toHaveLength(STORED);
		trigger.restart();
		for (let index = 500; index < STORED + 500; index++) {
			expect(trigger.accepts(String(index), START_MS + HOUR_MS)).toBe(false);
		}
		expect(trigger.accepts('499', START_MS + HOUR_MS)).toBe(true);
	});

	it('take less than 35 kB of static data, however long their IDs are', () => {
		const trigger = new Trigger();
		for (let index = 0; index < STORED + 10; index++)
			trigger.accepts('long '.repeat(100) + index, START_MS + index / 3);
		expect(Buffer.byteLength(JSON.stringify(trigger.staticData))).toBe(33_016);
	});

	it('leave nothing behind that is older than a day', () => {
		const trigger = new Trigger();
		for (let index = 0; index < 100; index++) trigger.accepts(String(index), START_MS);
		trigger.accepts('later', START_MS + MAX_AGE_MS);
		expect(trigger.staticData.deliveries).toHaveLength(1);
	});
});

it('keeps triggers of one process apart, and a test run from production', () => {
	const { acceptOnce } = freshProcess();
	const names = ['workflow node trigger', 'workflow node manual', 'workflow other trigger'];
	const accepted = names.map((trigger) => acceptOnce({ trigger, staticData: {} }, 'a', START_MS));
	expect(accepted).toEqual([true, true, true]);
	expect(names.map((trigger) => acceptOnce({ trigger, staticData: {} }, 'a', START_MS))).toEqual([
		false,
		false,
		false,
	]);
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
