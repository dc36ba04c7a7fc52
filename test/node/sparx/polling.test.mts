import type { INodeParameters } from 'n8n-workflow';
import { SparxApi } from '../../../credentials/SparxApi.credentials';
import { SparxPollingTrigger } from '../../../nodes/Sparx/SparxPollingTrigger.node';
import { polling } from '../engine/poll.mts';
import { systemClock } from '../../../sandbox/clock.mts';
import { salesPipeline } from '../../../sandbox/sparx/dealRoutes.mts';
import { lists } from '../../../sandbox/sparx/listRoutes.mts';
import { byId, dialects, keys, openSparx, type SparxStage } from './stage.mts';

let stage: SparxStage;
let workflows = 0;
/** Sparx's own time, by which records are told apart: it passes when it is looked at, and when a test says so. */
let time: number;
const clock = { ...systemClock, now: () => ++time };
beforeEach(async () => {
	time = Date.UTC(2026, 5, 1);
	stage = await openSparx({ clock });
});
afterEach(async () => await stage.close());

const place = (event: string, simplify = true, more: INodeParameters = {}) =>
	polling({
		trigger: new SparxPollingTrigger(),
		parameters: { event, simplify, ...more },
		credentials: { sparxApi: { apiKey: keys.editor, baseUrl: stage.baseUrl } },
		credentialTypes: [new SparxApi()],
		workflowId: `workflow ${++workflows}`,
	});

const ids = (items: Array<{ json: { [key: string]: unknown } }>) =>
	items.map(({ json }) => String(((json.data ?? json.lead ?? json) as { id: string }).id));

const order = () => ({
	customerId: stage.sandbox.customers()[0].id,
	items: [{ sku: 'HAT-1', name: 'Felt hat' }],
});
const placeOrder = async () => String((await stage.sandbox.placeOrder({ order: order() })).id);

describe('new orders', () => {
	it.each(dialects)('gives none of before, then each once, oldest first, dialect %s', async (dialect) => {
		stage.sandbox.configure({ dialect });
		const trigger = place('order.created');
		expect(await trigger.poll()).toEqual([]);
		expect(await trigger.poll()).toEqual([]);
		const placed = [await placeOrder(), await placeOrder()];
		const found = await trigger.poll();
		expect(ids(found)).toEqual(placed);
		expect(found[0].json).toEqual({
			platform: 'sparx',
			event: 'order.created',
			eventId: placed[0],
			occurredAt: expect.stringMatching(/Z$/),
			data: expect.objectContaining({ id: placed[0], status: 'placed', total: 0 }),
		});
		expect(await trigger.poll()).toEqual([]);
	});

	it('starts from an account that has no orders', async () => {
		const trigger = place('order.created');
		stage.sandbox.clear();
		expect(await trigger.poll()).toEqual([]);
		stage.sandbox.seed({ customers: 1, orders: 3 });
		expect(await trigger.poll()).toHaveLength(3);
		expect(await trigger.poll()).toEqual([]);
	});

	it('misses none and repeats none of 3,000 after days offline, 40 to a millisecond, while more come in', async () => {
		const trigger = place('order.created');
		await trigger.poll();
		const from = Date.UTC(2026, 2, 1);
		const seeded = stage.sandbox.seed({
			orders: 3000,
			from,
			to: from + 3 * 24 * 60 * 60 * 1000,
			perInstant: 40,
		});
		const during: string[] = [];
		const polled = trigger.poll();
		for (let count = 0; count < 60; count++) during.push(await placeOrder());
		const found = [...ids(await polled), ...ids(await trigger.poll())];
		expect(found).toHaveLength(3060);
		expect(new Set(found)).toEqual(new Set([...seeded, ...during]));
	}, 30_000);

	it('finds an order that Sparx shows late, with a time before the newest', async () => {
		const trigger = place('order.created');
		await trigger.poll();
		const at = Date.UTC(2026, 2, 1);
		const [first] = stage.sandbox.seed({ orders: 1, from: at, to: at });
		expect(ids(await trigger.poll())).toEqual([first]);
		const [late] = stage.sandbox.seed({ orders: 1, from: at - 60_000, to: at - 60_000 });
		expect(ids(await trigger.poll())).toEqual([late]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('remembers a bounded number of orders, and repeats none', async () => {
		const trigger = place('order.created');
		await trigger.poll();
		const at = Date.UTC(2026, 2, 1);
		stage.sandbox.seed({ orders: 6000, from: at, to: at + 60_000 });
		expect(await trigger.poll()).toHaveLength(6000);
		expect((trigger.staticData.polling as { seen: string[] }).seen.length).toBeLessThanOrEqual(5000);
		expect(await trigger.poll()).toEqual([]);
		expect(JSON.stringify(trigger.staticData).length).toBeLessThan(200_000);
	}, 30_000);

	it('reads the same again after a poll that was interrupted', async () => {
		const trigger = place('order.created');
		await trigger.poll();
		stage.sandbox.seed({ orders: 600, from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 2) });
		const { id } = stage.sandbox.addFault({
			path: '/crm/orders',
			every: 2,
			fault: { kind: 'status', status: 403 },
		});
		await expect(trigger.poll()).rejects.toMatchObject({ httpCode: '403' });
		stage.sandbox.removeFault({ id });
		expect(await trigger.poll()).toHaveLength(600);
	});

	it('does not run twice at the same time', async () => {
		const trigger = place('order.created');
		await trigger.poll();
		await placeOrder();
		const [one, other] = await Promise.all([trigger.poll(), trigger.poll()]);
		expect([one.length, other.length].sort()).toEqual([0, 1]);
	});

	it('shows one sample in a test, and remembers nothing', async () => {
		const trigger = place('order.created', false);
		const [sample, ...more] = await trigger.test();
		expect(sample.json).toMatchObject({ id: expect.any(String), orderNumber: expect.any(String) });
		expect(more).toEqual([]);
		expect(trigger.staticData).toEqual({});
	});

	it('starts anew when it is set to another event', async () => {
		const trigger = place('order.created');
		await trigger.poll();
		const other = place('customer.created');
		Object.assign(other.staticData, trigger.staticData);
		expect(await other.poll()).toEqual([]);
	});
});

describe.each(dialects)('changes, dialect %s', (dialect) => {
	beforeEach(() => stage.sandbox.configure({ dialect }));

	it('gives each state of an order once', async () => {
		const trigger = place('order.updated');
		await trigger.poll();
		const [{ id }] = stage.sandbox.orders();
		const change = (internalNote: string) =>
			stage.sandbox.changeOrder({ id: String(id), order: { internalNote } });
		change('one');
		expect(ids(await trigger.poll())).toEqual([id]);
		change('two');
		change('three');
		expect(ids(await trigger.poll())).toEqual([id]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('gives new and changed customers as leads', async () => {
		const [created, updated] = [place('customer.created'), place('customer.updated')];
		await created.poll();
		await updated.poll();
		const customers = stage.sandbox.customers();
		const fresh = stage.sandbox.addCustomer({ customer: { email: 'new@example.com', company: 'New' } });
		stage.sandbox.changeCustomer({ id: String(customers[3].id), customer: { company: 'Changed' } });
		const [lead, ...rest] = await created.poll();
		expect(rest).toEqual([]);
		expect(lead.json).toMatchObject({
			platform: 'sparx',
			event: 'customer.created',
			lead: { platform: 'sparx', id: fresh.id, email: 'new@example.com', company: 'New' },
		});
		expect(new Set(ids(await updated.poll()))).toEqual(new Set([fresh.id, customers[3].id]));
		expect([await created.poll(), await updated.poll()]).toEqual([[], []]);
	});

	it('misses none when customers are deleted while the pages are read', async () => {
		const trigger = place('customer.created');
		await trigger.poll();
		const before = new Set(stage.sandbox.customers().map(({ id }) => id));
		stage.sandbox.seed({ customers: 900, from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 3) });
		const fresh = stage.sandbox.customers().filter(({ id }) => !before.has(id));
		const doomed = fresh.slice(-40);
		const polled = trigger.poll();
		for (const { id } of doomed) {
			await stage.run('customer', 'delete', { customerId: { __rl: true, mode: 'id', value: id } });
		}
		const found = new Set([...ids(await polled), ...ids(await trigger.poll())]);
		const expected = fresh.filter((customer) => !doomed.includes(customer)).map(({ id }) => String(id));
		expect(expected.filter((id) => !found.has(id))).toEqual([]);
	}, 30_000);
});

describe('deals', () => {
	const newDeal = async (title: string) =>
		await stage.run('deal', 'create', {
			pipelineId: byId(salesPipeline.id),
			stageId: byId(salesPipeline.stages[0].id),
			title,
		});

	it.each(dialects)('gives each new deal once, and each state of a deal, dialect %s', async (dialect) => {
		stage.sandbox.configure({ dialect });
		const [created, updated] = [place('deal.created'), place('deal.updated')];
		await newDeal('Before');
		expect([await created.poll(), await updated.poll()]).toEqual([[], []]);
		const [{ json: deal }] = (await newDeal('New')).items;
		expect(ids(await created.poll())).toEqual([deal.id]);
		expect(ids(await updated.poll())).toEqual([deal.id]);
		time += 5;
		await stage.run('deal', 'moveStage', {
			dealId: byId(String(deal.id)),
			stageId: byId(salesPipeline.stages[2].id),
		});
		expect(await created.poll()).toEqual([]);
		expect(ids(await updated.poll())).toEqual([deal.id]);
		expect([await created.poll(), await updated.poll()]).toEqual([[], []]);
	});
});

describe('a change of nothing but order totals', () => {
	const customer = () => stage.sandbox.customers()[0] as { id: string; orderCount: number };
	const placeOrderOf = async (customerId: string) =>
		await stage.sandbox.placeOrder({ order: { customerId, items: [{ sku: 'HAT-1', name: 'Felt hat' }] } });
	beforeEach(() => stage.sandbox.configure({ dialect: 'newer' }));

	it('starts nothing, unless it is asked for', async () => {
		const [real, every] = [
			place('customer.updated'),
			place('customer.updated', true, { includeOrderTotals: true }),
		];
		expect([await real.poll(), await every.poll()]).toEqual([[], []]);
		const { id, orderCount } = customer();
		await placeOrderOf(id);
		expect(customer().orderCount).toBeGreaterThan(orderCount);
		expect([await real.poll(), ids(await every.poll())]).toEqual([[], [id]]);
		expect([await real.poll(), await every.poll()]).toEqual([[], []]);
	});

	it('does not hide another change: before it, after it, or long after what was seen last', async () => {
		const trigger = place('customer.updated');
		await trigger.poll();
		const { id } = customer();
		const change = (jobTitle: string) => stage.sandbox.changeCustomer({ id, customer: { jobTitle } });
		change('Hatter');
		await placeOrderOf(id);
		expect(ids(await trigger.poll())).toEqual([id]);
		await placeOrderOf(id);
		expect(await trigger.poll()).toEqual([]);
		await placeOrderOf(id);
		change('Dean');
		expect(ids(await trigger.poll())).toEqual([id]);
		time += 30 * 24 * 60 * 60 * 1000;
		await placeOrderOf(id);
		expect(await trigger.poll()).toEqual([]);
		change('Hatter');
		expect(ids(await trigger.poll())).toEqual([id]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('gives a new customer with its first order once', async () => {
		const trigger = place('customer.updated');
		await trigger.poll();
		const { id } = stage.sandbox.addCustomer({ customer: { email: 'new@example.com' } });
		await placeOrderOf(String(id));
		expect(ids(await trigger.poll())).toEqual([id]);
		await placeOrderOf(String(id));
		expect(await trigger.poll()).toEqual([]);
	});

	it('remembers a bounded number of customers, and misses no change of any', async () => {
		stage.sandbox.seed({ customers: 6000, from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 3) });
		const trigger = place('customer.updated');
		await trigger.poll();
		const { contents } = trigger.staticData.pollingContents as { contents: string[] };
		expect(contents).toHaveLength(5000);
		const all = stage.sandbox.customers().map(({ id }) => String(id));
		const changed = all.filter((_id, index) => index % 60 === 0);
		for (const id of changed) stage.sandbox.changeCustomer({ id, customer: { jobTitle: 'Hatter' } });
		const newest = all[all.length - 1];
		await placeOrderOf(newest);
		expect(new Set(ids(await trigger.poll()))).toEqual(new Set(changed));
		expect(JSON.stringify(trigger.staticData).length).toBeLessThan(200_000);
		expect(await trigger.poll()).toEqual([]);
	}, 30_000);

	it('is told from others by a trigger that was made before it was', async () => {
		const [before, trigger] = [
			place('customer.updated', true, { includeOrderTotals: true }),
			place('customer.updated'),
		];
		await before.poll();
		Object.assign(trigger.staticData, before.staticData);
		const { id } = customer();
		stage.sandbox.changeCustomer({ id, customer: { jobTitle: 'Hatter' } });
		expect(ids(await trigger.poll())).toEqual([id]);
		await placeOrderOf(id);
		expect(await trigger.poll()).toEqual([]);
	});
});

describe.each(dialects)('customers that enter a list, dialect %s', (dialect) => {
	const [byHand, byRules] = lists.map(({ id }) => id);
	const enter = (listId: string, ...customerIds: string[]) =>
		stage.sandbox.enterList({ listId, customerIds });
	const watch = (listId: string, simplify = true) =>
		place('customer.enteredList', simplify, { listId: byId(listId) as INodeParameters });
	let customers: string[];
	beforeEach(() => {
		stage.sandbox.configure({ dialect });
		customers = stage.sandbox.customers().map(({ id }) => String(id));
	});

	it('gives each once, oldest first, and again when it comes back', async () => {
		const [first, second, third] = customers;
		enter(byRules, first);
		const trigger = watch(byRules);
		expect(await trigger.poll()).toEqual([]);
		enter(byRules, second);
		enter(byRules, third);
		const found = await trigger.poll();
		expect(ids(found.map(({ json }) => ({ json: { lead: json.lead } })))).toEqual([second, third]);
		expect(found[0].json).toMatchObject({
			platform: 'sparx',
			event: 'customer.enteredList',
			lead: { platform: 'sparx', id: second },
			data: { listId: byRules, customerId: second },
		});
		expect(await trigger.poll()).toEqual([]);
		stage.sandbox.leaveList({ listId: byRules, customerIds: [first] });
		expect(await trigger.poll()).toEqual([]);
		time += 60_000;
		enter(byRules, first);
		expect((await trigger.poll()).map(({ json }) => (json.lead as { id: string }).id)).toEqual([first]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('misses none and repeats none of 2,500 that enter while the list is read', async () => {
		stage.sandbox.seed({ customers: 2500, from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 3) });
		const all = stage.sandbox.customers().map(({ id }) => String(id));
		const trigger = watch(byRules);
		await trigger.poll();
		enter(byRules, ...all.slice(0, 2400));
		const polled = trigger.poll();
		for (const id of all.slice(2400)) {
			enter(byRules, id);
			await new Promise((resolve) => setImmediate(resolve));
		}
		const found = [...(await polled), ...(await trigger.poll())].map(
			({ json }) => (json.lead as { id: string }).id,
		);
		expect(found).toHaveLength(all.length);
		expect(new Set(found)).toEqual(new Set(all));
	}, 30_000);

	it('begins anew when it is set to another list, and needs one', async () => {
		if (dialect !== 'newer') {
			await expect(watch(byHand).poll()).rejects.toMatchObject({ httpCode: '404' });
			return;
		}
		enter(byHand, customers[0]);
		const trigger = watch(byRules);
		await trigger.poll();
		const other = watch(byHand);
		Object.assign(other.staticData, trigger.staticData);
		expect(await other.poll()).toEqual([]);
		await expect(watch('').poll()).rejects.toThrow('"List" is missing: choose the list to watch');
	});

	it('shows one sample in a test, raw or simplified', async () => {
		enter(byRules, customers[0]);
		const [sample] = await watch(byRules, false).test();
		expect(sample.json).toMatchObject({ customerId: customers[0], segmentId: byRules });
	});
});
