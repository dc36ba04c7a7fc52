import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { Sparx } from '../../../nodes/Sparx/Sparx.node';
import { byId, dialects, HAT, openSparx, type SparxStage } from './stage.mts';

/** What Sparx drops with 200 when a fulfillment is changed. */
const CARRIER = ['carrier', 'carrierOther', 'service'];

function offered(operation: string): string[] {
	return new Sparx().description.properties
		.filter(
			({ displayOptions: { show } = {} }: INodeProperties) =>
				show?.resource?.includes('fulfillment') && show.operation?.includes(operation),
		)
		.flatMap(({ name, options = [] }) => [name, ...options.map((option) => option.name)]);
}

it('offers carrier, carrier name and service for a new fulfillment only', () => {
	expect(offered('create')).toEqual(expect.arrayContaining(CARRIER));
	expect(offered('update').filter((name) => CARRIER.includes(name))).toEqual([]);
});

describe.each(dialects)('the carrier of a fulfillment, dialect %s', (dialect) => {
	let stage: SparxStage;
	beforeEach(async () => {
		stage = await openSparx();
		stage.sandbox.configure({ dialect });
	});
	afterEach(async () => await stage.close());

	it('is set once: an update neither sends it nor says that it has changed', async () => {
		const customerId = byId(String(stage.sandbox.customers()[0].id));
		const [{ json: order }] = (await stage.run('order', 'create', { customerId, ...HAT })).items;
		const lines = { line: [{ orderItemId: (order.items as IDataObject[])[0].id, quantity: 1 }] };
		const [{ json: made }] = (
			await stage.run('fulfillment', 'create', {
				orderId: order.id,
				lines,
				additionalFields: { carrier: 'dhl' },
			})
		).items;
		expect(made.carrier).toBe('dhl');
		const update = async (updateFields: IDataObject) =>
			await stage.run('fulfillment', 'update', { orderId: order.id, fulfillmentId: made.id, updateFields });

		// As a workflow has it that was made when the node still offered it.
		const changed = await update({ carrier: 'ups', service: 'express', trackingNumber: 'T-1' });
		expect(changed.items[0].json).toMatchObject({ carrier: 'dhl', trackingNumber: 'T-1' });
		expect(JSON.parse(String(stage.sandbox.requests()[0].sent))).toEqual({ trackingNumber: 'T-1' });
		const nothing = await update({ carrier: 'ups' });
		expect(nothing.error?.message).toBe('There is nothing to update: no field has a value');
	});
});
