import { SparxApi } from '../../../credentials/SparxApi.credentials';
import { systemClock } from '../../../nodes/shared/clock';
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

/** An n8n that has been handed a run and has not said yet what became of it. */
function undecided() {
	let decide: (error?: Error) => void = () => {};
	const decided = new Promise<void>((resolve, reject) => {
		decide = (error) => (error ? reject(error) : resolve());
	});
	let hand = (): void => {};
	const handed = new Promise<void>((resolve) => (hand = resolve));
	const takeRun = async (): Promise<void> => {
		hand();
		await decided;
	};
	return { takeRun, handed, decide: (error?: Error): void => decide(error) };
}

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
		const { takeRun, handed, decide } = undecided();
		const first = send('at once', { takeRun });
		await handed;
		const others = [1, 2, 3].map(async () => await send('at once'));
		decide();
		expect((await first).workflowData).toHaveLength(1);
		for (const { status, workflowData } of await Promise.all(others))
			expect([status, workflowData]).toEqual([200, undefined]);
	});

	it('that comes again meanwhile is run by the repeat when the first one fails', async () => {
		const { takeRun, handed, decide } = undecided();
		const first = send('taken over', { takeRun });
		await handed;
		const second = send('taken over');
		decide(new Error('locked'));
		expect((await first).status).toBe(500);
		expect(await second).toMatchObject({ status: 200, workflowData: [[{ json: expect.any(Object) }]] });
	});

	it('is told to come back when that takes too long', async () => {
		const { takeRun, handed, decide } = undecided();
		const first = send('slow', { takeRun });
		await handed;
		const patience = jest.spyOn(systemClock, 'sleep').mockResolvedValue();
		const second = await send('slow');
		expect(patience).toHaveBeenCalledWith(10_000, expect.anything());
		patience.mockRestore();
		expect([second.status, second.headers['retry-after']]).toEqual([503, '10']);
		decide();
		expect((await first).status).toBe(200);
	});

	it('counts each time in a test run, so that a person can try again', async () => {
		for (let time = 0; time < 2; time++) {
			const { status, workflowData } = await send('tried', { mode: 'test' });
			expect([status, workflowData?.length]).toEqual([200, 1]);
		}
	});
});
