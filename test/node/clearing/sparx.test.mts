import type { IDataObject } from 'n8n-workflow';
import { salesPipeline } from '../../../sandbox/sparx/dealRoutes.mts';
import { staff } from '../../../sandbox/sparx/listRoutes.mts';
import { byId, dialects, HAT, openSparx, type SparxStage } from '../sparx/stage.mts';

const [{ id: owner }] = staff;
const address = { line1: '1 Market Street', city: 'Berlin', country: 'DE' };

/** A record with a value in every field that can be emptied, and how it is named to its update. */
interface Record {
	resource: string;
	/** What makes it. `customer`: the ID of one that is there. */
	create(customer: string): IDataObject;
	/** What names it, given what came out of `create`. */
	named(made: IDataObject, customer: string): IDataObject;
	/** What each field that can be emptied holds before. */
	filled: IDataObject;
	/** What it holds after, where that is not null. */
	emptied?: IDataObject;
	/** Whether only build B has it, or takes null for it. */
	isNewerOnly?: boolean;
}

const records: Record[] = [
	{
		resource: 'customer',
		create: () => ({
			customerFields: {
				assignedRepId: owner,
				company: 'Northwind',
				email: 'ada@example.com',
				firstName: 'Ada',
				jobTitle: 'Hatter',
				lastName: 'Lovelace',
				phone: '1',
				preferredContactMethod: 'sms',
				tags: 'vip',
			},
		}),
		named: ({ id }) => ({ customerId: byId(String(id)) }),
		filled: {
			assignedRepId: owner,
			company: 'Northwind',
			email: 'ada@example.com',
			firstName: 'Ada',
			jobTitle: 'Hatter',
			lastName: 'Lovelace',
			phone: '1',
			preferredContactMethod: 'sms',
			tags: ['vip'],
		},
		emptied: { tags: [] },
	},
	{
		resource: 'company',
		create: () => ({
			companyName: 'Northwind',
			additionalFields: {
				assignedRepId: owner,
				notes: 'Likes hats',
				tags: 'vip',
				taxId: 'DE1',
				website: 'https://x.example',
			},
		}),
		named: ({ id }) => ({ companyId: byId(String(id)) }),
		filled: {
			assignedRepId: owner,
			notes: 'Likes hats',
			tags: ['vip'],
			taxId: 'DE1',
			website: 'https://x.example',
		},
		emptied: { tags: [] },
	},
	{
		resource: 'deal',
		create: (customerId) => ({
			pipelineId: byId(salesPipeline.id),
			stageId: byId(salesPipeline.stages[3].id),
			title: 'Hats',
			additionalFields: {
				assignedRepId: owner,
				closedReason: 'Too dear',
				customerId,
				expectedCloseDate: '2026-12-24',
				source: 'fair',
				tags: 'warm',
			},
		}),
		named: ({ id }) => ({ dealId: byId(String(id)) }),
		filled: {
			assignedRepId: owner,
			closedReason: 'Too dear',
			customerId: expect.any(String),
			expectedCloseDate: '2026-12-24',
			source: 'fair',
			tags: ['warm'],
		},
		emptied: { tags: [] },
	},
	{
		resource: 'task',
		create: (customerId) => ({
			title: 'Call back',
			ownerId: byId(owner),
			additionalFields: { customerId, description: 'Soon', dueAt: '2026-12-01T08:00:00.000Z' },
		}),
		named: ({ id }) => ({ taskId: byId(String(id)) }),
		filled: { customerId: expect.any(String), description: 'Soon', dueAt: '2026-12-01T08:00:00.000Z' },
	},
	{
		resource: 'order',
		create: (customerId) => ({
			customerId: byId(customerId),
			...HAT,
			additionalFields: {
				orderNumber: 'C-1',
				customerNote: 'Gift',
				internalNote: 'Wrap it',
				shippingAddress: { address },
				billingAddress: { address },
			},
		}),
		named: ({ id }) => ({ orderId: id }),
		filled: {
			customerNote: 'Gift',
			internalNote: 'Wrap it',
			shippingAddress: expect.objectContaining(address),
			billingAddress: expect.objectContaining(address),
		},
	},
	{
		resource: 'customerAddress',
		create: (customerId) => ({
			customerId: byId(customerId),
			type: 'shipping',
			...address,
			additionalFields: {
				company: 'Northwind',
				label: 'Shop',
				line2: 'Back door',
				phone: '1',
				postalCode: '10115',
				recipientName: 'Ada',
				region: 'BE',
			},
		}),
		named: ({ id }, customerId) => ({ customerId: byId(customerId), addressId: id }),
		filled: {
			company: 'Northwind',
			label: 'Shop',
			line2: 'Back door',
			phone: '1',
			postalCode: '10115',
			recipientName: 'Ada',
			region: 'BE',
		},
		isNewerOnly: true,
	},
];

describe.each(dialects)('Sparx: Clear Fields, dialect %s', (dialect) => {
	let stage: SparxStage;
	let customer: string;
	beforeEach(async () => {
		stage = await openSparx();
		stage.sandbox.configure({ dialect });
		customer = String(stage.sandbox.customers()[0].id);
	});
	afterEach(async () => await stage.close());

	const there = records.filter(({ isNewerOnly }) => dialect === 'newer' || !isNewerOnly);

	it.each(there)('$resource: each field is emptied, and nothing else', async (record) => {
		const { resource, create, named, filled, emptied = {} } = record;
		const run = async (operation: string, parameters: IDataObject) => {
			const { error, items } = await stage.run(resource, operation, { ...parameters, simplify: false });
			expect(error).toBeUndefined();
			return items[0].json;
		};
		const made = await run('create', create(customer));
		expect(made).toMatchObject(filled);
		let expected = { ...filled };
		for (const name of Object.keys(filled)) {
			const after = await run('update', { ...named(made, customer), clearFields: [name] });
			expected = { ...expected, [name]: emptied[name] ?? null };
			expect(after).toMatchObject(expected);
		}
	});

	it('a deal leaves its company, whatever the server calls that', async () => {
		const [{ json: company }] = (await stage.run('company', 'create', { companyName: 'Northwind' })).items;
		const placed = { pipelineId: byId(salesPipeline.id), stageId: byId(salesPipeline.stages[0].id) };
		const additionalFields = { companyId: company.id };
		const made = await stage.run('deal', 'create', { ...placed, title: 'Hats', additionalFields });
		expect(made.items[0].json.companyId).toBe(company.id);
		const dealId = byId(String(made.items[0].json.id));
		const { items } = await stage.run('deal', 'update', { dealId, clearFields: ['companyId'] });
		expect(items[0].json.companyId).toBeUndefined();
	});

	it('the tracking of a fulfillment is emptied, or the refusal says so', async () => {
		const customerId = byId(customer);
		const [{ json: order }] = (await stage.run('order', 'create', { customerId, ...HAT })).items;
		const [{ json: made }] = (
			await stage.run('fulfillment', 'create', {
				orderId: order.id,
				lines: { line: [{ orderItemId: (order.items as IDataObject[])[0].id, quantity: 1 }] },
				additionalFields: { trackingNumber: 'T-1', trackingUrl: 'https://t.example/1', notes: 'Fragile' },
			})
		).items;
		const { error, items } = await stage.run('fulfillment', 'update', {
			orderId: order.id,
			fulfillmentId: made.id,
			clearFields: ['trackingNumber', 'trackingUrl', 'notes'],
			simplify: false,
		});
		if (dialect === 'newer') {
			expect(items[0].json).toMatchObject({ trackingNumber: null, trackingUrl: null, notes: null });
			return;
		}
		expect(error?.description).toContain('Not every version of Sparx can empty these fields');
	});
});
