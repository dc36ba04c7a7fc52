import type { INodeProperties } from 'n8n-workflow';
import { Sparx } from '../../../nodes/Sparx/Sparx.node';
import { salesPipeline } from '../../../sandbox/sparx/dealRoutes.mts';
import { staff } from '../../../sandbox/sparx/listRoutes.mts';
import { byId, openSparx, type SparxStage } from './stage.mts';

let stage: SparxStage;
beforeEach(async () => (stage = await openSparx()));
afterEach(async () => await stage.close());

/** What the editor shows in a collection of an operation without a click. */
function shownAtOnce(resource: string, operation: string, collection: string): string[] {
	const field = new Sparx().description.properties.find(
		({ name, displayOptions: { show } = {} }: INodeProperties) =>
			name === collection && show?.resource?.includes(resource) && show.operation?.includes(operation),
	);
	return Object.keys(field?.default as object);
}

const [{ id: owner }] = staff;
const placed = {
	pipelineId: byId(salesPipeline.id),
	stageId: byId(salesPipeline.stages[0].id),
	title: 'Hats',
};

it.each([
	['customer', 'create', 'customerFields', ['email', 'firstName', 'lastName', 'phone']],
	['customer', 'upsert', 'customerFields', ['firstName', 'lastName', 'phone']],
	['deal', 'create', 'additionalFields', ['customerId']],
	['task', 'create', 'additionalFields', ['customerId', 'dueAt']],
])('%s %s shows what is nearly always needed at once', (resource, operation, collection, names) => {
	expect(shownAtOnce(resource, operation, collection)).toEqual(names);
});

it('what is left empty is not sent, and parameters stored before are read as they were', async () => {
	const run = async (resource: string, parameters: object) => {
		const { error, items } = await stage.run(resource, 'create', { ...parameters });
		expect(error).toBeUndefined();
		return items[0].json;
	};
	const empty = { email: 'ada@example.com', firstName: '', lastName: '', phone: '' };
	const made = await run('customer', { customerFields: empty });
	const stored = stage.sandbox.customers().find(({ id }) => id === made.id);
	expect(stored).toMatchObject({ email: 'ada@example.com', firstName: null, lastName: null, phone: null });
	expect(await run('customer', { customerFields: { email: 'old@example.com' } })).toMatchObject({
		email: 'old@example.com',
	});
	for (const additionalFields of [{ customerId: '' }, {}, undefined])
		expect(await run('deal', { ...placed, additionalFields })).toMatchObject({ title: 'Hats' });
	for (const additionalFields of [{ customerId: '', dueAt: '' }, {}, undefined])
		expect(await run('task', { title: 'Call', ownerId: byId(owner), additionalFields })).toMatchObject({
			title: 'Call',
		});
});
