import { startSandbox } from '../../../sandbox/server.mts';
import { acme, agentWithoutNumber, caller, globex, sparaApi, unpublishedAgent } from './api.mts';
import { ManualClock } from './manual-clock.mts';
import { startReceiver } from './receiver.mts';

let started: Awaited<ReturnType<typeof startSandbox>>;
let api: ReturnType<typeof sparaApi>;
const clock = new ManualClock();

beforeAll(async () => {
	started = await startSandbox({ port: 0, clock });
	api = sparaApi(started.url);
});
beforeEach(() => started.sandbox.spara.reset());
afterAll(async () => {
	await api.close();
	await started.close();
});

const spara = () => started.sandbox.spara;
const newLead = async (fields: object = { phone_number: '+14155550123' }) =>
	(await api.send('POST', '/leads', fields)).json.id as string;
const call = async (id: string, body: object = { voice_agent_id: caller.id }) =>
	await api.send('POST', `/leads/${id}/call`, body);

it('answers 200 and nothing as soon as it is queued', async () => {
	const { status, text } = await call(await newLead());
	expect([status, text]).toEqual([200, '']);
});

it.each(['live', 'qa'] as const)(
	'a %s call ends later, stays with the lead and is delivered',
	async (mode) => {
		const receiver = await startReceiver();
		spara().registerWebhook({ account: acme.id, url: receiver.url });
		const id = await newLead();
		await call(id, { voice_agent_id: caller.id, call_mode: mode });
		expect(spara().lead({ id }).calls).toEqual([]);
		clock.advance(2000);
		await spara().settled();
		const [ended] = spara().lead({ id }).calls;
		expect(Date.parse(ended.ended_at) - Date.parse(ended.started_at)).toBe(2000);
		expect(JSON.parse(receiver.received[0].body)).toMatchObject({
			event: 'voice_call.ended',
			lead: { id },
			call: {
				...{ started_at: ended.started_at, ended_at: ended.ended_at },
				outcome: 'completed',
				call_mode: mode,
			},
		});
		const rung = mode === 'live' ? { '+14155550123': 1 } : {};
		expect([spara().writes({ kind: 'call' }), spara().writes({ kind: 'ring' })]).toEqual([{ [id]: 1 }, rung]);
		await receiver.close();
	},
);

it('ends sooner in scaled time', async () => {
	const scaled = await startSandbox({ port: 0, clock, timeScale: 10 });
	const scaledApi = sparaApi(scaled.url);
	const { id } = (await scaledApi.send('POST', '/leads', { phone_number: '+14155550123' })).json;
	await scaledApi.send('POST', `/leads/${id}/call`, { voice_agent_id: caller.id });
	clock.advance(200);
	await scaled.sandbox.spara.settled();
	expect(scaled.sandbox.spara.lead({ id }).calls).toHaveLength(1);
	await scaledApi.close();
	await scaled.close();
});

it('tells when one phone rang twice', async () => {
	const [first, second] = [await newLead(), await newLead()];
	await call(first);
	await call(second);
	expect(spara().duplicates({ kind: 'call' })).toEqual({});
	expect(spara().duplicates({ kind: 'ring' })).toEqual({ '+14155550123': 2 });
});

describe('is refused', () => {
	it.each([
		['without an agent', {}, 400],
		['with an agent that is no string', { voice_agent_id: 5 }, 400],
		['in an unknown mode', { voice_agent_id: caller.id, call_mode: 'LIVE' }, 400],
		['with an unknown field', { voice_agent_id: caller.id, callMode: 'qa' }, 400],
		['with an unknown agent', { voice_agent_id: '00000000-0000-4000-8000-000000000000' }, 404],
		['with another organisation’s agent', { voice_agent_id: globex.agents[0].id }, 404],
		['with an agent without a number', { voice_agent_id: agentWithoutNumber.id }, 400],
		['with an unpublished agent', { voice_agent_id: unpublishedAgent.id }, 400],
	])('%s', async (_case, body, status) => {
		expect((await call(await newLead(), body)).status).toBe(status);
		expect(spara().statistics().writes).not.toHaveProperty('call');
	});

	it.each([{}, { phone_number: '' }])('for a lead without a phone: %j', async (fields) => {
		expect((await call(await newLead(fields))).status).toBe(400);
	});

	it('with 400 for an unknown agent when so switched', async () => {
		spara().configure({ unknownAgentStatus: 400 });
		expect((await call(await newLead(), { voice_agent_id: globex.agents[0].id })).status).toBe(400);
	});
});

describe('five in any rolling second', () => {
	it('the sixth is refused until the first is a second old', async () => {
		const id = await newLead();
		const started = clock.now();
		for (let place = 0; place < 5; place++) {
			expect((await call(id)).status).toBe(200);
			clock.advance(100);
		}
		const refused = await call(id);
		expect([refused.status, refused.headers['retry-after']]).toEqual([429, undefined]);
		clock.advance(499);
		expect((await call(id)).status).toBe(429);
		clock.advance(1);
		expect((await call(id)).status).toBe(200);
		expect(spara().accepted({ limit: 'calls' })).toEqual(
			[0, 100, 200, 300, 400, 1000].map((ms) => started + ms),
		);
		expect(spara().peak({ limit: 'calls' })).toBe(5);
		expect(spara().writes({ kind: 'call' })).toEqual({ [id]: 6 });
	});

	it('says how long to wait when so switched, and other requests pass', async () => {
		const id = await newLead();
		spara().limit({ name: 'calls', windows: [{ limit: 1, windowMs: 2500 }], retryAfter: 'seconds' });
		await call(id);
		expect((await call(id)).headers['retry-after']).toBe('3');
		expect((await api.send('GET', `/leads/${id}`)).status).toBe(200);
	});

	it('holds beside a general limit', async () => {
		const id = await newLead();
		spara().limit({ name: 'general', windows: [{ limit: 3, windowMs: 60_000 }] });
		expect([(await call(id)).status, (await call(id)).status]).toEqual([200, 200]);
		expect([(await call(id)).status, (await api.send('GET', `/leads/${id}`)).status]).toEqual([429, 429]);
		const foreign = await api.send('GET', '/leads/search', undefined, {
			authorization: `Bearer ${globex.key}`,
		});
		expect(foreign.status).toBe(200);
	});
});
