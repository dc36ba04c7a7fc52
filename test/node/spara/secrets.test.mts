import { engineLog } from '../engine/host.mts';
import { openSpara, type SparaStage } from './stage.mts';

/** Found nowhere by accident. */
const KEY = 'spara-secret-key-0f3c9a';

let stage: SparaStage;
beforeAll(async () => (stage = await openSpara()));
afterAll(async () => await stage.close());
afterEach(() => stage.sandbox.clearFaults());

const GET = { leadId: '={{ $json.id }}' };

describe('the API key appears in no output, error, hint or log', () => {
	it.each([
		['a wrong key', undefined],
		['a vendor that is down', { kind: 'status', status: 404, body: 'text' }],
		['an answer that is a web page', { kind: 'status', status: 403, body: 'html' }],
		['a connection that breaks', { kind: 'reset-after' }],
	] as const)('%s', async (_name, fault) => {
		if (fault) stage.sandbox.addFault({ fault });
		for (const onError of ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const) {
			const result = await stage.lead('create', {}, { credential: { apiKey: KEY }, settings: { onError } });
			const { error, ...rest } = result;
			const seen = JSON.stringify([
				rest,
				error,
				error?.message,
				error?.description,
				error?.context,
				error?.stack,
				{ ...error },
			]);
			expect(seen).not.toContain(KEY);
		}
		expect(JSON.stringify(engineLog)).not.toContain(KEY);
	});

	it('a vendor that repeats it', async () => {
		const { error, items } = await stage.lead('get', { leadId: KEY }, { credential: { apiKey: KEY } });
		expect(items).toEqual([]);
		expect(`${error?.message} ${error?.description} ${JSON.stringify(error?.context)}`).not.toContain(KEY);
	});

	it('a host that cannot be reached', async () => {
		const { error } = await stage.lead('get', GET, {
			items: [{ id: 'QX7R20MB' }],
			credential: { apiKey: KEY, baseUrl: 'http://127.0.0.1:9/v1' },
			settings: { onError: 'stopWorkflow' },
		});
		expect(error?.message).toBe('Spara could not be reached');
		expect(JSON.stringify([error, { ...error }])).not.toContain(KEY);
	}, 60_000);
});
