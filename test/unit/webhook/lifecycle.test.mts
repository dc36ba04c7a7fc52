import fc from 'fast-check';
import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import {
	checkWebhook,
	createWebhook,
	deleteWebhook,
	strandedWebhook,
	webhookSecret,
} from '../../../nodes/shared/webhook/lifecycle.ts';
import { Killed, VendorWithWebhooks, type VendorTraits } from './vendorWithWebhooks.mts';

const OUR_URL = 'https://n8n.example.com/webhook/1';
const TEST_URL = 'https://n8n.example.com/webhook-test/1';
const FOREIGN_URLS = [TEST_URL, 'https://n8n.example.com/webhook/10', 'https://other.example.com/webhook/1'];

/** A trigger in n8n: what it remembers is saved after each hook, unless n8n goes down before. */
class TriggerInN8n {
	saved: IDataObject = {};

	events: string[] = ['lead.created'];

	readonly vendor: VendorWithWebhooks;

	readonly #url: string;

	constructor(vendor: VendorWithWebhooks, url = OUR_URL) {
		this.vendor = vendor;
		this.#url = url;
	}

	async activate(crashes = false): Promise<void> {
		await this.#during(crashes, async (context) => {
			if (!(await checkWebhook(context, this.vendor.api, this.events))) {
				await createWebhook(context, this.vendor.api, this.events);
			}
		});
	}

	/** Tries a second time with what the first try left in memory, and saves that in the end; not once it was killed. */
	async activateAsN8nDoes(): Promise<void> {
		const staticData = structuredClone(this.saved);
		const context = this.#context(staticData);
		const attempt = async (): Promise<void> => {
			if (!(await checkWebhook(context, this.vendor.api, this.events)))
				await createWebhook(context, this.vendor.api, this.events);
		};
		await attempt().catch(async (error) => {
			if (error instanceof Killed) throw error;
			await attempt();
		});
		this.saved = staticData;
	}

	/** What the last deactivation told: whether the webhook that was remembered stood there. */
	readonly told: boolean[] = [];

	async deactivate(crashes = false): Promise<void> {
		await this.#during(crashes, async (context) => {
			await deleteWebhook(context, this.vendor.api, (isRegistered) => this.told.push(isRegistered));
		});
	}

	get own() {
		return this.vendor.webhooks.filter(({ url }) => url === this.#url);
	}

	#context(staticData: IDataObject): IHookFunctions {
		const context = { getNodeWebhookUrl: () => this.#url, getWorkflowStaticData: () => staticData };
		return context as unknown as IHookFunctions;
	}

	async #during(crashes: boolean, hook: (context: IHookFunctions) => Promise<void>): Promise<void> {
		const staticData = structuredClone(this.saved);
		await hook(this.#context(staticData));
		if (!crashes) this.saved = staticData;
	}
}

const traits: fc.Arbitrary<VendorTraits> = fc.record({ makesSecret: fc.boolean(), canUpdate: fc.boolean() });
const eventSets = fc.uniqueArray(fc.constantFrom('lead.created', 'lead.updated', 'call.ended'), {
	minLength: 1,
});
const steps = fc.array(
	fc.oneof(
		fc.record({ kind: fc.constant('activate' as const), crashes: fc.boolean() }),
		fc.record({ kind: fc.constant('deactivate' as const), crashes: fc.boolean() }),
		fc.record({ kind: fc.constant('edit' as const), events: eventSets }),
		fc.record({ kind: fc.constant('somebody adds one' as const) }),
		fc.record({ kind: fc.constant('somebody removes one' as const), place: fc.nat(3) }),
	),
	{ maxLength: 12 },
);

type Step = typeof steps extends fc.Arbitrary<Array<infer Element>> ? Element : never;

async function take(trigger: TriggerInN8n, step: Step): Promise<void> {
	const { vendor } = trigger;
	switch (step.kind) {
		case 'activate':
			return await trigger.activate(step.crashes);
		case 'deactivate':
			return await trigger.deactivate(step.crashes);
		case 'edit':
			trigger.events = step.events;
			return;
		case 'somebody adds one':
			vendor.add(OUR_URL, ['lead.updated']);
			return;
		case 'somebody removes one':
			vendor.removeOneAt(OUR_URL, step.place);
	}
}

describe('whatever happened before, crashes included', () => {
	it('after an activation exactly one webhook of ours stands, with the right events and a known secret', async () => {
		await fc.assert(
			fc.asyncProperty(traits, steps, async (trait, given) => {
				const vendor = new VendorWithWebhooks(trait);
				const foreign = FOREIGN_URLS.map((url) => vendor.add(url, ['lead.created']));
				const trigger = new TriggerInN8n(vendor);
				for (const step of given) await take(trigger, step);
				await trigger.activate();

				expect(trigger.own).toHaveLength(1);
				expect([...trigger.own[0].events].sort()).toEqual([...trigger.events].sort());
				expect(vendor.isVerifiable(trigger.own[0].id, webhookSecret(trigger.saved))).toBe(true);
				expect(vendor.webhooks.filter(({ id }) => foreign.includes(id))).toHaveLength(foreign.length);
				expect((trigger.saved.webhook as IDataObject).id).toBe(trigger.own[0].id);
			}),
			{ numRuns: 300 },
		);
	});

	it('after a deactivation no webhook of ours stands, and every other does', async () => {
		await fc.assert(
			fc.asyncProperty(traits, steps, async (trait, given) => {
				const vendor = new VendorWithWebhooks(trait);
				FOREIGN_URLS.forEach((url) => vendor.add(url, ['lead.created']));
				const trigger = new TriggerInN8n(vendor);
				for (const step of given) await take(trigger, step);
				await trigger.deactivate();

				expect(vendor.webhooks.map(({ url }) => url)).toEqual(FOREIGN_URLS);
				expect(trigger.saved.webhook).toBeUndefined();
			}),
			{ numRuns: 300 },
		);
	});
});

describe('whatever goes wrong with whichever call to the vendor', () => {
	const trouble = fc.record({
		call: fc.nat(6),
		kind: fc.constantFrom('refused', 'answer lost', 'killed before', 'killed after'),
	});
	const troubles = fc.array(fc.record({ trouble, deactivates: fc.boolean(), events: eventSets }), {
		maxLength: 6,
	});

	it('an activation that says nothing has one webhook, verifiable; one that fails is made good by the next', async () => {
		await fc.assert(
			fc.asyncProperty(traits, troubles, async (trait, given) => {
				const vendor = new VendorWithWebhooks(trait);
				const foreign = FOREIGN_URLS.map((url) => vendor.add(url, ['lead.created']));
				const trigger = new TriggerInN8n(vendor);
				const expectRegistered = (): void => {
					expect(trigger.own).toHaveLength(1);
					expect([...trigger.own[0].events].sort()).toEqual([...trigger.events].sort());
					expect(vendor.isVerifiable(trigger.own[0].id, webhookSecret(trigger.saved))).toBe(true);
				};
				for (const { trouble: next, deactivates, events } of given) {
					trigger.events = events;
					vendor.trouble = { ...next };
					if (deactivates) {
						await trigger.deactivate().then(
							() => expect(trigger.own).toEqual([]),
							() => undefined,
						);
					} else await trigger.activateAsN8nDoes().then(expectRegistered, () => undefined);
					vendor.revive();
				}
				await trigger.activateAsN8nDoes();
				expectRegistered();
				expect(vendor.webhooks.filter(({ id }) => foreign.includes(id))).toHaveLength(foreign.length);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('checkWebhook', () => {
	it('changes nothing where all is as it should be', async () => {
		const trigger = new TriggerInN8n(new VendorWithWebhooks({ makesSecret: true, canUpdate: true }));
		trigger.events = ['lead.created', 'call.ended'];
		await trigger.activate();
		trigger.vendor.calls.length = 0;
		await trigger.activate();
		expect(trigger.vendor.calls).toEqual(['list']);
	});

	it('changes the events of the webhook that stands', async () => {
		const trigger = new TriggerInN8n(new VendorWithWebhooks({ makesSecret: true, canUpdate: true }));
		await trigger.activate();
		trigger.events = ['call.ended'];
		await trigger.activate();
		expect(trigger.own).toEqual([{ id: 'webhook-1', url: OUR_URL, events: ['call.ended'] }]);
	});

	it('leaves production alone in a test run, and the other way round', async () => {
		const vendor = new VendorWithWebhooks({ makesSecret: true, canUpdate: true });
		const production = new TriggerInN8n(vendor);
		const test = new TriggerInN8n(vendor, TEST_URL);
		await production.activate();
		test.saved = structuredClone(production.saved);
		await test.deactivate();
		expect(test.saved).toEqual(production.saved);
		await test.activate();
		await test.deactivate();
		expect(vendor.webhooks).toEqual([{ id: 'webhook-1', url: OUR_URL, events: ['lead.created'] }]);
	});

	it.each([['list'], ['remove'], ['update']] as const)(
		'says so when the vendor refuses to %s',
		async (call) => {
			const trigger = new TriggerInN8n(new VendorWithWebhooks({ makesSecret: false, canUpdate: true }));
			await trigger.activate();
			trigger.vendor.add(OUR_URL, ['lead.created']);
			trigger.events = ['call.ended'];
			trigger.vendor.refusals[call] = 403;
			await expect(trigger.activate()).rejects.toMatchObject({ ending: { response: { status: 403 } } });
		},
	);
});

describe('createWebhook', () => {
	it('removes again what came without its secret, and says so', async () => {
		const trigger = new TriggerInN8n(new VendorWithWebhooks({ makesSecret: true, canUpdate: true }));
		trigger.vendor.forgetsSecret = true;
		await expect(trigger.activate()).rejects.toThrow(/without a secret/);
		expect(trigger.vendor.webhooks).toEqual([]);
		expect(trigger.saved.webhook).toBeUndefined();
	});

	it('remembers nothing when the vendor refuses', async () => {
		const trigger = new TriggerInN8n(new VendorWithWebhooks({ makesSecret: true, canUpdate: true }));
		trigger.vendor.refusals.create = 403;
		await expect(trigger.activate()).rejects.toMatchObject({ ending: { response: { status: 403 } } });
		expect(trigger.saved).toEqual({});
	});
});

describe('a registration that fails half-way', () => {
	it('is undone, so that n8n cannot take it for a whole one: what it noted, and what it made', async () => {
		const vendor = new VendorWithWebhooks({ makesSecret: false, canUpdate: true });
		const staticData: IDataObject = { deliveries: 'kept' };
		const context = { getNodeWebhookUrl: () => OUR_URL, getWorkflowStaticData: () => staticData };
		const api = {
			...vendor.api,
			create: async (url: string, events: string[]) => {
				staticData.overwritten = { url };
				await vendor.api.create(url, events);
				vendor.refusals.list = 403;
				return { id: 'webhook-1' };
			},
		};
		await expect(createWebhook(context as unknown as IHookFunctions, api, [])).rejects.toMatchObject({
			ending: { response: { status: 403 } },
		});
		expect(staticData).toEqual({ deliveries: 'kept' });
		expect(vendor.webhooks).toEqual([]);
	});

	it('names the webhook that could not be removed again', async () => {
		const trigger = new TriggerInN8n(new VendorWithWebhooks({ makesSecret: true, canUpdate: true }));
		trigger.vendor.forgetsSecret = true;
		trigger.vendor.refusals.remove = 503;
		await expect(trigger.activate()).rejects.toMatchObject({ webhook: { id: 'webhook-1', url: OUR_URL } });
	});
});

describe('a webhook that nobody removes by itself', () => {
	const told = (staticData: IDataObject, isRegistered: boolean, mode = 'trigger') =>
		strandedWebhook(
			{
				getMode: () => mode,
				getNodeWebhookUrl: () => OUR_URL,
				getWorkflowStaticData: () => staticData,
			} as unknown as IHookFunctions,
			isRegistered,
		);

	it('is named: at an earlier address of this n8n, or in another account', () => {
		const earlier = { webhook: { id: 'w-1', url: 'https://old.example/webhook/1' } };
		expect(told(earlier, false)).toMatch(/w-1 .*https:\/\/old\.example/);
		expect(told({ webhook: { id: 'w-2', url: OUR_URL } }, false)).toMatch(/w-2 .*another account/);
	});

	it('is not made up', () => {
		expect(told({}, false)).toBeUndefined();
		expect(told({ webhook: { id: 'w-2', url: OUR_URL } }, true)).toBeUndefined();
		expect(told({ webhook: { id: 'w-1', url: 'https://old.example/x' } }, false, 'manual')).toBeUndefined();
	});
});

describe('deleteWebhook', () => {
	const registered = async (): Promise<TriggerInN8n> => {
		const trigger = new TriggerInN8n(new VendorWithWebhooks({ makesSecret: true, canUpdate: true }));
		await trigger.activate();
		return trigger;
	};

	it('is content when the webhook is gone already', async () => {
		const trigger = await registered();
		trigger.vendor.webhooks.length = 0;
		await trigger.deactivate();
		expect(trigger.saved).toEqual({});
	});

	it('tells whether the webhook that is remembered stood there, at this address or at an earlier one', async () => {
		const trigger = await registered();
		const { saved } = trigger;
		await trigger.deactivate();
		expect(trigger.told).toEqual([true]);

		trigger.saved = saved;
		await trigger.deactivate();
		expect(trigger.told).toEqual([true, false]);

		const moved = new TriggerInN8n(trigger.vendor, 'https://moved.example/webhook/1');
		moved.saved = saved;
		await moved.deactivate();
		expect(moved.told).toEqual([false]);
		expect(moved.saved).toEqual(saved);

		const testRun = new TriggerInN8n(trigger.vendor, TEST_URL);
		testRun.saved = saved;
		await testRun.deactivate();
		expect(testRun.told).toEqual([]);
	});

	it('finds the webhook by its URL when it was forgotten', async () => {
		const trigger = await registered();
		trigger.saved = {};
		await trigger.deactivate();
		expect(trigger.vendor.webhooks).toEqual([]);
	});

	it.each([[401], [403], [429], [500], [503]])(
		'says so when the vendor answers %i, and forgets nothing',
		async (status) => {
			const trigger = await registered();
			const before = structuredClone(trigger.saved);
			trigger.vendor.refusals.remove = status;
			await expect(trigger.deactivate()).rejects.toMatchObject({
				cause: { ending: { response: { status } } },
				webhook: { id: 'webhook-1', url: OUR_URL },
			});
			expect(trigger.saved).toEqual(before);
			delete trigger.vendor.refusals.remove;
			await trigger.deactivate();
			expect(trigger.vendor.webhooks).toEqual([]);
		},
	);
});
