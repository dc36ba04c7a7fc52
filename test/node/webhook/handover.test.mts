import { SparxApi } from '../../../credentials/SparxApi.credentials';
import { SparxTrigger } from '../../../nodes/Sparx/SparxTrigger.node';
import { deliver, type Delivery } from '../engine/webhook.mts';
import { senders } from './senders.mts';

jest.setTimeout(30_000);

const [, sparx] = senders;

const send = async (id: string, more: Partial<Delivery> = {}) => {
	const { headers, body } = sparx.deliver(id);
	return await deliver({
		trigger: new SparxTrigger(),
		credentialTypes: [new SparxApi()],
		credentials: { sparxApi: { apiKey: 'none', ...sparx.credential } },
		parameters: sparx.parameters as Delivery['parameters'],
		headers,
		rawBody: Buffer.from(body),
		...more,
	});
};

const locked = async (): Promise<void> => {
	throw new Error('database is locked');
};

describe('an event', () => {
	it('that n8n could not take is answered with an error, and is a new one the next time', async () => {
		const first = await send('lost', { takeRun: locked });
		expect([first.status, first.staticData]).toEqual([500, {}]);
		const second = await send('lost', { takeRun: locked });
		expect(second.status).toBe(500);
		const third = await send('lost');
		expect([third.status, third.workflowData?.length]).toEqual([200, 1]);
		const repeat = await send('lost', { staticData: third.staticData });
		expect([repeat.status, repeat.workflowData]).toEqual([200, undefined]);
	});

	it('is stored although taking its run resets the mark of a change', async () => {
		const { staticData } = await send('stored', { staticData: { webhook: { id: '1' } } });
		expect(staticData).toEqual({ webhook: { id: '1' }, deliveries: expect.stringMatching(/^(.{20})+$/) });
	});

	it('that comes again while it is being handled waits for what becomes of it', async () => {
		let take = (): void => {};
		const taken = new Promise<void>((resolve) => (take = resolve));
		const first = send('at once', { takeRun: async () => await taken });
		const others = [1, 2, 3].map(async () => await send('at once'));
		await new Promise((resolve) => setTimeout(resolve, 200));
		take();
		expect((await first).workflowData).toHaveLength(1);
		for (const { status, workflowData } of await Promise.all(others))
			expect([status, workflowData]).toEqual([200, undefined]);
	});

	it('that comes again meanwhile is run by the repeat when the first one fails', async () => {
		let fail = (): void => {};
		const failing = new Promise<void>((_resolve, reject) => (fail = () => reject(new Error('locked'))));
		const first = send('taken over', { takeRun: async () => await failing });
		await new Promise((resolve) => setTimeout(resolve, 200));
		const second = send('taken over');
		await new Promise((resolve) => setTimeout(resolve, 200));
		fail();
		expect((await first).status).toBe(500);
		expect(await second).toMatchObject({ status: 200, workflowData: [[{ json: expect.any(Object) }]] });
	});

	it('is told to come back when that takes too long', async () => {
		let take = (): void => {};
		const taken = new Promise<void>((resolve) => (take = resolve));
		const first = send('slow', { takeRun: async () => await taken });
		await new Promise((resolve) => setTimeout(resolve, 200));
		const second = await send('slow');
		expect([second.status, second.headers['retry-after']]).toEqual([503, '10']);
		take();
		expect((await first).status).toBe(200);
	});

	it('counts each time in a test run, so that a person can try again', async () => {
		for (let time = 0; time < 2; time++) {
			const { status, workflowData } = await send('tried', { mode: 'test' });
			expect([status, workflowData?.length]).toEqual([200, 1]);
		}
	});
});
