import { createHmac } from 'node:crypto';
import { leadTrigger, startVendor, vendorApi } from './fixtures.mts';
import { deliver, lifecycle, type Delivery } from './webhook.mts';

const secret = 'shared-secret';
const credentialTypes = [vendorApi];
const credentials = { vendorApi: { webhookSecret: secret } };
// Spacing that re-serialised JSON would not have.
const rawBody = Buffer.from('{ "id":  "evt_1" }');
const sign = (body: Buffer) => createHmac('sha256', secret).update(body).digest('hex');

const post = async (delivery: Partial<Delivery> = {}) =>
	await deliver({
		trigger: leadTrigger,
		credentials,
		credentialTypes,
		rawBody,
		headers: { 'Content-Type': 'application/json', 'X-Signature': sign(delivery.rawBody ?? rawBody) },
		...delivery,
	});

describe('deliver', () => {
	it('hands over raw bytes, headers, query and credentials', async () => {
		const { status, body, workflowData } = await post({ query: { source: 'a b' } });

		expect({ status, body }).toEqual({ status: 200, body: '' });
		expect(workflowData).toEqual([[{ json: { id: 'evt_1', query: { source: 'a b' } } }]]);
	});

	it('shows what the trigger wrote itself', async () => {
		const headers = { 'content-type': 'application/json', 'x-signature': sign(Buffer.from('other')) };
		const { status, body, workflowData, staticData } = await post({ headers });

		expect({ status, body, workflowData, staticData }).toEqual({
			status: 401,
			body: 'Bad signature',
			workflowData: undefined,
			staticData: {},
		});
	});

	it('keeps static data from one delivery to the next', async () => {
		const first = await post();
		const second = await post({ staticData: first.staticData });

		expect(first.staticData).toEqual({ last: 'evt_1' });
		expect(second.workflowData).toBeUndefined();
		expect(JSON.parse(second.body)).toEqual({ repeated: true });
	});

	it('keeps none in test mode', async () => {
		const { status, workflowData, staticData } = await post({
			mode: 'test',
			staticData: { hookId: 'hook 1' },
		});

		expect(status).toBe(200);
		expect(workflowData).toHaveLength(1);
		expect(staticData).toEqual({ hookId: 'hook 1' });
	});

	it('answers a body that is not what its content type says before the trigger sees it', async () => {
		const { status, body } = await post({ rawBody: Buffer.from('{"id": ') });

		expect(status).toBe(422);
		expect(JSON.parse(body).message).toBe('Failed to parse request body');
	});

	it('answers an undeclared method with 404', async () => {
		expect((await post({ method: 'PUT' })).status).toBe(404);
	});

	it('answers 500 for a trigger that throws, and says what it threw', async () => {
		const { status, error, staticData } = await post({ parameters: { answer: 'throw' } });

		expect(status).toBe(500);
		expect(error?.message).toBe('Trigger broke');
		expect(staticData).toEqual({});
	});

	it('has no status for a trigger that leaves the sender waiting', async () => {
		expect((await post({ parameters: { answer: 'hang' } })).status).toBeUndefined();
	});
});

describe('lifecycle', () => {
	let vendor: Awaited<ReturnType<typeof startVendor>>;
	beforeEach(async () => {
		vendor = await startVendor();
	});
	afterEach(async () => await vendor.close());

	const placed = (mode?: 'test', apiKey = 'good-key') => ({
		trigger: leadTrigger,
		credentialTypes,
		mode,
		credentials: { vendorApi: { apiKey, baseUrl: vendor.baseUrl } },
	});

	it('registers once, stores static data for deliveries, and deregisters', async () => {
		const hook = lifecycle(placed());
		expect(await hook.checkExists()).toBe(false);
		await hook.activate();
		await hook.activate();
		expect(hook.staticData).toEqual({ hookId: 'hook 1' });
		expect([...vendor.seen.hooks]).toEqual(['https://n8n.example/webhook/webhook-id/lead']);

		const { staticData } = await post({ staticData: hook.staticData });
		// What a trigger writes before n8n takes the run is not kept beside what was there before.
		expect(staticData).toEqual({ hookId: 'hook 1' });

		await hook.delete();
		expect(hook.staticData).toEqual({});
		expect(vendor.seen.hooks.size).toBe(0);
	});

	it('keeps test and production URLs apart', async () => {
		const production = lifecycle({ ...placed(), instanceUrl: 'http://localhost:5678' });
		const test = lifecycle({ ...placed('test'), instanceUrl: 'http://localhost:5678' });
		await production.activate();
		await test.activate();

		expect([...vendor.seen.hooks]).toEqual([
			'http://localhost:5678/webhook/webhook-id/lead',
			'http://localhost:5678/webhook-test/webhook-id/lead',
		]);
	});

	it('surfaces a failed call and stores nothing', async () => {
		const hook = lifecycle(placed(undefined, 'bad-key'));

		await expect(hook.create()).rejects.toMatchObject({ httpCode: '401' });
		expect(hook.staticData).toEqual({});
	});
});
