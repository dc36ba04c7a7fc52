import type { IDataObject } from 'n8n-workflow';
import { lists, staff } from '../../../sandbox/sparx/listRoutes.mts';
import { salesPipeline } from '../../../sandbox/sparx/dealRoutes.mts';
import { byId, dialects, openSparx, type SparxStage } from './stage.mts';

const [qualified, proposal, won] = salesPipeline.stages.map(({ id }) => id);
const [olive, eddie] = staff.map(({ id }) => id);
const [byHand, byRules] = lists.map(({ id }) => id);

const NOT_THERE = /^This Sparx server does not have this: Route /;

describe.each(dialects)('what surrounds a lead, dialect %s', (dialect) => {
	const isNewer = dialect === 'newer';
	let stage: SparxStage;
	let customerId: string;

	beforeEach(async () => {
		stage = await openSparx();
		stage.sandbox.configure({ dialect });
		customerId = String(stage.sandbox.customers()[0].id);
	});
	afterEach(async () => await stage.close());

	/** Runs an operation that must go well; gives what came out, each linked to its item. */
	const run = async (
		resource: string,
		operation: string,
		parameters: IDataObject,
		items: IDataObject[] = [{}],
	) => {
		const result = await stage.run(resource, operation, parameters, { items });
		expect(result.error).toBeUndefined();
		return result.items;
	};
	const newCompany = async (name = 'Northwind Traders') =>
		String((await run('company', 'create', { companyName: name }))[0].json.id);
	const newDeal = async (additionalFields: IDataObject = {}) =>
		String(
			(
				await run('deal', 'create', {
					pipelineId: byId(salesPipeline.id),
					stageId: byId(qualified),
					title: 'Hats for all',
					additionalFields,
				})
			)[0].json.id,
		);

	it('creates, finds, reads and changes companies, and keeps what is not given', async () => {
		const names = ['Northwind Traders', 'Contoso'];
		const made = await run(
			'company',
			'create',
			{
				companyName: '={{ $json.name }}',
				additionalFields: {
					tags: 'vip, eu',
					creditLimit: 500,
					status: 'credit_hold',
					website: 'https://x.example',
				},
			},
			names.map((name) => ({ name })),
		);
		expect(made.map(({ json, pairedItem }) => [json.companyName, pairedItem])).toEqual([
			['Northwind Traders', { item: 0 }],
			['Contoso', { item: 1 }],
		]);
		const { id } = made[0].json;
		await run('company', 'update', { companyId: byId(String(id)), updateFields: { notes: 'Likes hats' } });
		const [{ json }] = await run('company', 'get', { companyId: byId(String(id)), simplify: false });
		expect(json).toMatchObject({
			notes: 'Likes hats',
			tags: ['vip', 'eu'],
			creditLimit: 500,
			status: 'credit_hold',
		});
		const found = await run('company', 'getMany', { returnAll: true, filters: { search: 'NORTH' } });
		expect(found.map((item) => item.json.id)).toEqual([id]);
		expect(await run('company', 'getMany', { returnAll: true, simplify: false })).toHaveLength(2);
	});

	it('creates or updates a company by its name, and stops where several have it', async () => {
		const parameters = { companyName: '={{ $json.name }}', additionalFields: { notes: 'Met at the fair' } };
		const items = await run('company', 'upsert', parameters, [{ name: 'Hooli' }, { name: ' hooli ' }]);
		expect(items.map(({ json }) => json.created)).toEqual([true, false]);
		expect(stage.sandbox.writes({ kind: 'company' })).toEqual({ Hooli: 1 });
		await newCompany('HOOLI');
		const { error } = await stage.run('company', 'upsert', { companyName: 'Hooli' });
		expect(error?.message).toBe('Several companies have the name Hooli');
		stage.sandbox.addFault({ method: 'POST', path: '/crm/b2b-accounts', fault: { kind: 'reset-after' } });
		const [{ json }] = await run('company', 'upsert', { companyName: 'Initech', simplify: false });
		expect(json).toMatchObject({ companyName: 'Initech', created: true });
		expect(stage.sandbox.writes({ kind: 'company' })).toMatchObject({ Initech: 1 });
	});

	it('matches a company by domain, or says that the server cannot', async () => {
		if (!isNewer) {
			const { error } = await stage.run('company', 'matchDomain', { email: 'ada@northwind.example' });
			// In build A the word stands where an ID does.
			expect(error?.message).toMatch(/does not have this|did not accept the request/);
			return;
		}
		await run('company', 'create', {
			companyName: 'Northwind',
			additionalFields: { domains: 'https://www.northwind.example' },
		});
		const emails = ['ada@northwind.example', 'ada@gmail.com'].map((email) => ({ email }));
		const items = await run('company', 'matchDomain', { email: '={{ $json.email }}' }, emails);
		expect(items.map(({ json }) => [json.found, json.reason])).toEqual([
			[true, undefined],
			[false, 'public-domain'],
		]);
		await run('company', 'matchDomain', { email: 'ada@northwind.example', simplify: false });
	});

	it('links a customer to a company under the name that the server has for it', async () => {
		const companyId = await newCompany();
		await run('customer', 'update', { customerId: byId(customerId), customerFields: { companyId } });
		const stored = stage.sandbox.customers().find(({ id }) => id === customerId);
		expect(stored).toMatchObject(isNewer ? { companyId } : { b2bAccountId: companyId });
		const items = await run('customer', 'getMany', { returnAll: true, filters: { companyId } });
		expect(items.map(({ json }) => json.id)).toEqual([customerId]);
	});

	it('takes a deal through its pipeline until it is won, with its order', async () => {
		const companyId = await newCompany();
		const dealId = await newDeal({ customerId, companyId, value: 250.5, currency: 'eur', tags: 'warm' });
		const deal = async () => (await run('deal', 'get', { dealId: byId(dealId), simplify: false }))[0].json;
		expect(await deal()).toMatchObject({
			customerId,
			...(isNewer ? { companyId } : { b2bAccountId: companyId }),
			value: 250.5,
			currency: 'EUR',
			stage: { name: 'Qualified', stageType: 'open' },
		});
		await run('deal', 'update', {
			dealId: byId(dealId),
			updateFields: { source: 'fair', expectedCloseDate: '2026-12-24' },
		});
		expect(await deal()).toMatchObject({
			source: 'fair',
			value: 250.5,
			currency: 'EUR',
			tags: ['warm'],
			expectedCloseDate: '2026-12-24',
		});
		await run('deal', 'moveStage', { dealId: byId(dealId), stageId: byId(proposal) });
		const moved = await run('deal', 'moveStage', {
			dealId: byId(dealId),
			stageId: byId(won),
			closedReason: 'Best hats',
		});
		expect(moved[0].json).toMatchObject({ closedReason: 'Best hats', probability: 100 });
		const orderId = stage.sandbox.orders()[0].id;
		const attached = await run('deal', 'attachOrder', { dealId: byId(dealId), orderId }, [{}, {}]);
		expect(attached.map(({ json }) => json.wasAttached)).toEqual([false, true]);
		const closed = await run('deal', 'getMany', { returnAll: true, filters: { state: 'closed' } });
		expect(closed.map(({ json }) => json.id)).toEqual([dealId]);
		await newDeal();
		const hits = await run('deal', 'getMany', {
			returnAll: true,
			filters: { search: 'NOWHERE' },
			simplify: false,
		});
		expect(hits).toEqual([]);
		await run('deal', 'getMany', { returnAll: true, simplify: false });
	});

	it('gives tasks to owners, changes and completes them', async () => {
		const made = await run('task', 'create', {
			title: 'Call back',
			ownerId: byId(olive),
			additionalFields: { customerId, dueAt: '2026-12-01T09:00:00+01:00', priority: 'high' },
		});
		expect(made[0].json).toMatchObject({
			title: 'Call back',
			assignedToUserId: olive,
			priority: 'high',
			dueAt: '2026-12-01T08:00:00.000Z',
			status: 'open',
		});
		const taskId = byId(String(made[0].json.id));
		await run('task', 'update', { taskId, updateFields: { assignedToUserId: eddie } });
		const done = await run('task', 'complete', { taskId, simplify: false }, [{}, {}]);
		expect(done.map(({ json }) => [json.status, json.priority, json.assignedToUserId])).toEqual([
			['completed', 'high', eddie],
			['completed', 'high', eddie],
		]);
		for (let index = 0; index < 60; index++)
			await run('task', 'create', { title: `Task ${index}`, ownerId: byId(olive) });
		const all = await run('task', 'getMany', { returnAll: true });
		expect(all).toHaveLength(61);
		const some = await run('task', 'getMany', { returnAll: true, filters: { search: 'call' } });
		expect(some.map(({ json }) => json.title)).toEqual(['Call back']);
		await run('task', 'getMany', { returnAll: true, simplify: false });
	}, 30_000);

	it('adds notes to a customer, a deal and a company, and to nothing else', async () => {
		const [dealId, companyId] = [await newDeal(), await newCompany()];
		const items = await run(
			'note',
			'create',
			{
				text: 'Asked for hats',
				customerId: '={{ $json.customerId }}',
				dealId: '={{ $json.dealId }}',
				companyId: '={{ $json.companyId }}',
			},
			[{ customerId }, { dealId }, { companyId }],
		);
		expect(items).toHaveLength(3);
		expect(
			stage.sandbox
				.records({ kind: 'Activity' })
				.map((note) => note.customerId ?? note.dealId ?? note.companyId),
		).toEqual([customerId, dealId, companyId]);
		await run('note', 'create', { text: 'Again', customerId, simplify: false });
		const { error } = await stage.run('note', 'create', { text: 'Of nobody' });
		expect(error?.message).toBe('The note belongs to nobody');
	});

	it('tags and assigns the customers of all items in few requests, and leaves other tags', async () => {
		stage.sandbox.seed({ customers: 700 });
		const customers = stage.sandbox.customers();
		const items = customers.map(({ id }) => ({ id }));
		const tagged = await run(
			'customer',
			'addTags',
			{ customerId: byId('={{ $json.id }}'), tags: 'fair, vip' },
			items,
		);
		expect(tagged).toHaveLength(712);
		expect(tagged.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(stage.sandbox.statistics().routes['POST /crm/customers/bulk-tag'].requests).toBe(2);
		const after = new Map(stage.sandbox.customers().map(({ id, tags }) => [id, tags as string[]]));
		for (const { id, tags } of customers)
			expect(new Set(after.get(id))).toEqual(new Set([...(tags as string[]), 'fair', 'vip']));
		await run(
			'customer',
			'removeTags',
			{ customerId: byId('={{ $json.id }}'), tags: 'vip' },
			items.slice(0, 2),
		);
		expect(stage.sandbox.customers().filter(({ tags }) => !(tags as string[]).includes('vip'))).toHaveLength(
			2,
		);
		await run('customer', 'assign', { customerId: byId('={{ $json.id }}'), ownerId: byId(eddie) }, items);
		expect(new Set(stage.sandbox.customers().map(({ assignedRepId }) => assignedRepId))).toEqual(
			new Set([eddie]),
		);
		expect(stage.sandbox.statistics().routes['POST /crm/customers/bulk-assign'].requests).toBe(2);
	}, 30_000);

	it('finds duplicates', async () => {
		if (isNewer) stage.sandbox.configure({ customerModel: 'type' });
		for (const email of ['Eve@example.com', 'eve@example.com'])
			stage.sandbox.addCustomer({ customer: { email } });
		const items = await run('customer', 'findDuplicates', { returnAll: true });
		expect(items.map(({ json }) => [json.reason, (json.customers as object[]).length])).toEqual([
			['email', 2],
		]);
		await run('customer', 'findDuplicates', { returnAll: true, simplify: false });
	});

	it('puts customers on a list by hand, and says what only the newer build has', async () => {
		const customers = stage.sandbox.customers();
		const parameters = { listId: byId(byHand), customerId: byId('={{ $json.id }}') };
		const items = [...customers.map(({ id }) => ({ id })), { id: '00000000-0000-4000-8000-000000000000' }];
		if (!isNewer) {
			const { error } = await stage.run('list', 'addMember', parameters, { items });
			expect(error?.message).toMatch(NOT_THERE);
			await run('list', 'getMembers', { listId: byId(byRules), returnAll: true });
			return;
		}
		const added = await run('list', 'addMember', parameters, items);
		expect(added).toHaveLength(13);
		expect(added[0].json).toMatchObject({ addedInRequest: 12, skippedInRequest: 1 });
		const members = await run('list', 'getMembers', { listId: byId(byHand), returnAll: true });
		expect(members).toHaveLength(12);
		expect(members[0].json.lead).toMatchObject({ platform: 'sparx' });
		await run('list', 'getMembers', { listId: byId(byHand), returnAll: true, simplify: false });
		await run('list', 'removeMember', parameters, items.slice(0, 5));
		expect(await run('list', 'getMembers', { listId: byId(byHand), returnAll: true })).toHaveLength(7);
		const refused = await stage.run('list', 'addMember', { ...parameters, listId: byId(byRules) }, { items });
		expect(refused.error?.description).toMatch(/filled by hand/);
	});

	it('saves, changes and deletes addresses, and says what only the newer build has', async () => {
		const address = { type: 'shipping', line1: '1 Market Street', city: 'Berlin', country: 'de' };
		const parameters = { customerId: byId(customerId), ...address };
		if (!isNewer) {
			const { error } = await stage.run('customerAddress', 'create', parameters);
			expect(error?.message).toMatch(NOT_THERE);
			return;
		}
		const [first] = await run('customerAddress', 'create', {
			...parameters,
			additionalFields: { isDefault: true, label: 'Shop', postalCode: '10115' },
		});
		const addressId = first.json.id;
		await run('customerAddress', 'create', {
			...parameters,
			additionalFields: { isDefault: true },
			simplify: false,
		});
		const changed = await run('customerAddress', 'update', {
			customerId: byId(customerId),
			addressId,
			updateFields: { city: 'Potsdam' },
		});
		expect(changed[0].json).toMatchObject({
			city: 'Potsdam',
			label: 'Shop',
			isDefault: false,
			country: 'DE',
		});
		await run('customerAddress', 'update', {
			customerId: byId(customerId),
			addressId,
			updateFields: { city: 'Potsdam' },
			simplify: false,
		});
		expect(
			await run('customerAddress', 'getMany', { customerId: byId(customerId), simplify: false }),
		).toHaveLength(2);
		await run('customerAddress', 'delete', { customerId: byId(customerId), addressId });
		expect(await run('customerAddress', 'getMany', { customerId: byId(customerId) })).toHaveLength(1);
	});

	it('gives raw records where they are asked for', async () => {
		const companyId = await newCompany();
		const update = { companyId: byId(companyId), updateFields: { notes: 'x' } };
		await run('company', 'update', { ...update, simplify: false });
		await run('company', 'create', { companyName: 'Raw', simplify: false });
		const dealId = await newDeal();
		const [short] = await run('deal', 'get', { dealId: byId(dealId) });
		expect(short.json).not.toHaveProperty('tenantId');
		await run('deal', 'update', { dealId: byId(dealId), updateFields: { source: 'x' }, simplify: false });
		await run('deal', 'moveStage', { dealId: byId(dealId), stageId: byId(proposal), simplify: false });
		const made = await run('task', 'create', { title: 'x', ownerId: byId(olive), simplify: false });
		await run('task', 'update', {
			taskId: byId(String(made[0].json.id)),
			updateFields: { title: 'y' },
			simplify: false,
		});
		await run('task', 'complete', { taskId: byId(String(made[0].json.id)) });
	});
});
