import { createHmac } from 'node:crypto';
import type { IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import { SparxTrigger } from '../../../nodes/Sparx/SparxTrigger.node';
import { byId, dialects, GOES_ON, HAT, itemsOf, openSparx, ordersPath, type SparxStage } from './stage.mts';

const QUICK = { options: { maxConcurrentRequests: 20 } };

describe.each(dialects)('orders, dialect %s', (dialect) => {
	let stage: SparxStage;
	beforeEach(async () => {
		stage = await openSparx();
		stage.sandbox.configure({ dialect });
		stage.sandbox.addFault({
			method: 'POST',
			path: ordersPath(dialect),
			every: 5,
			fault: { kind: 'reset-after' },
		});
	});
	afterEach(async () => await stage.close());

	const customer = () => byId(String(stage.sandbox.customers()[0].id));
	const failed = ({ json }: INodeExecutionData): boolean => json.error !== undefined;

	it('1,000 with numbers, a fifth reset after the write: all there, none twice', async () => {
		const before = stage.sandbox.orders().length;
		const { error, items } = await stage.run(
			'order',
			'create',
			{ customerId: customer(), ...HAT, additionalFields: { orderNumber: '={{ $json.number }}' }, ...QUICK },
			{ items: itemsOf(1000, (index) => ({ number: `N-${index}` })) },
		);
		const { requests, writes } = stage.sandbox.statistics();
		console.info(
			`${dialect}, numbered: ${writes.order.total} orders written, ${writes.order.duplicated} twice, ${requests} requests`,
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.orderNumber)).toEqual(
			itemsOf(1000, (index) => ({ n: `N-${index}` })).map(({ n }) => n),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(writes.order).toEqual({ total: 1000, distinct: 1000, duplicated: 0 });
		expect(stage.sandbox.orders().length - before).toBe(1000);
	}, 40_000);

	it('1,000 without: each uncertain one is reported, none is sent twice, also with Retry On Fail', async () => {
		const { items } = await stage.run(
			'order',
			'create',
			{
				customerId: customer(),
				...HAT,
				additionalFields: { metadata: '={{ { reference: $json.reference } }}' },
				...QUICK,
			},
			{
				items: itemsOf(1000, (index) => ({ reference: `R-${index}` })),
				settings: { ...GOES_ON, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			},
		);
		const uncertain = items.filter(failed);
		const { writes, routes } = stage.sandbox.statistics();
		console.info(
			`${dialect}, unnumbered: ${writes.order.total} written, ${writes.order.duplicated} twice, ${uncertain.length} uncertain`,
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(uncertain.map(({ json }) => json.error)).toEqual(
			uncertain.map(() => 'Sparx may have received "Create order", but it is not certain'),
		);
		expect(uncertain).toHaveLength(routes[`POST ${ordersPath(dialect)}`].faults['reset-after']);
		expect(uncertain).toHaveLength(200);
		expect(routes[`POST ${ordersPath(dialect)}`].requests).toBe(1000);
		expect(writes.order).toEqual({ total: 1000, distinct: 1000, duplicated: 0 });
	}, 40_000);
});

describe('10,000 orders while new ones arrive', () => {
	let stage: SparxStage;
	beforeEach(async () => (stage = await openSparx()));
	afterEach(async () => await stage.close());

	it.each(dialects)(
		'gives each once, dialect %s',
		async (dialect) => {
			stage.sandbox.configure({ dialect });
			const order = { customerId: stage.sandbox.customers()[0].id, items: [{ sku: 'A', name: 'A' }] };
			stage.sandbox.seed({
				orders: 9980,
				from: Date.UTC(2026, 2, 1),
				to: Date.UTC(2026, 3, 1),
				perInstant: 7,
			});
			const before = stage.sandbox.orders().map(({ id }) => id);
			let arrived = 0;
			let isReading = true;
			const reading = stage.run('order', 'getMany', { returnAll: true }).finally(() => (isReading = false));
			while (isReading) {
				await stage.sandbox.placeOrder({ order });
				arrived++;
				await new Promise((resolve) => setImmediate(resolve));
			}
			const { error, items } = await reading;
			const ids = items.map(({ json }) => json.id);
			const given = new Set(ids);
			console.info(
				`${dialect}: ${before.length} orders, ${arrived} arrived meanwhile, ${ids.length} given, ${stage.sandbox.statistics().requests} requests`,
			);
			expect(error).toBeUndefined();
			expect(arrived).toBeGreaterThan(20);
			expect(given.size).toBe(ids.length);
			expect(before.filter((id) => !given.has(id))).toEqual([]);
		},
		40_000,
	);
});

describe('10,000 deliveries', () => {
	const SECRET = 'whsec_that only Sparx and n8n share';

	/** As much of n8n's webhook context as a trigger uses, on static data that stays. */
	function webhookContext(staticData: IDataObject) {
		let delivery = { rawBody: Buffer.alloc(0), signature: '' };
		let status = 200;
		const response = {
			status: (code: number) => {
				status = code;
				return response;
			},
			json: () => response,
			end: () => response,
			setHeader: () => response,
			once: () => response,
		};
		const context = {
			getCredentials: async () => ({ signingSecret: SECRET }),
			getRequestObject: () => ({ rawBody: delivery.rawBody }),
			getHeaderData: () => ({ 'x-sparx-signature': delivery.signature }),
			getQueryData: () => ({}),
			getWorkflowStaticData: () => staticData,
			getNodeParameter: (_name: string, fallback: unknown) => fallback,
			getWorkflow: () => ({ id: 'ten thousand' }),
			getNode: () => ({ id: 'trigger', name: 'Trigger' }),
			getMode: () => 'webhook',
			getResponseObject: () => response,
			logger: { warn: () => {}, debug: () => {}, error: () => {} },
		} as unknown as IWebhookFunctions;
		return async (rawBody: Buffer, signature: string) => {
			delivery = { rawBody, signature };
			status = 200;
			const { workflowData, webhookResponse } = await new SparxTrigger().webhook.call(context);
			// n8n reads the answer once it has taken the run.
			if (workflowData && webhookResponse !== undefined) status = 200;
			return { status, run: workflowData?.[0]?.[0]?.json.eventId };
		};
	}

	it('run exactly the genuine ones, once each', async () => {
		const deliver = webhookContext({});
		const bodyOf = (index: number) =>
			Buffer.from(JSON.stringify({ id: `d-${index}`, type: 'redirect.added', data: { index } }));
		const signed = (body: Buffer, secret = SECRET) =>
			`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
		const kinds = ['genuine', 'forged', 'tampered', 'replayed'];
		const runs: unknown[] = [];
		const statuses: Record<string, Set<number>> = Object.fromEntries(kinds.map((kind) => [kind, new Set()]));
		for (let index = 0; index < 10_000; index++) {
			const kind = kinds[index % 4];
			// Replayed: the genuine one just before, now and then the very first.
			const body = bodyOf(kind !== 'replayed' ? index : index % 400 === 3 ? 0 : index - 3);
			const signature = kind === 'forged' ? signed(body, 'whsec_guess') : signed(body);
			const sent =
				kind === 'tampered' ? Buffer.from(body.toString().replace('"redirect', '"Redirect')) : body;
			const { status, run } = await deliver(sent, signature);
			statuses[kind].add(status);
			if (run !== undefined) runs.push(run);
		}
		console.info(`10,000 deliveries: ${runs.length} runs, ${new Set(runs).size} distinct`);
		expect(runs).toEqual(Array.from({ length: 2500 }, (_, index) => `d-${index * 4}`));
		expect(Object.fromEntries(Object.entries(statuses).map(([kind, seen]) => [kind, [...seen]]))).toEqual({
			genuine: [200],
			forged: [401],
			tampered: [401],
			replayed: [200],
		});
	}, 40_000);
});
