import { createHmac } from 'node:crypto';
import { startSandbox } from '../../../sandbox/server.mts';
import type { Authentication } from '../../../sandbox/delivery/authentication.mts';
import { acme, globex, sparaApi } from './api.mts';
import { ManualClock } from './manual-clock.mts';
import { startReceiver, type Received } from './receiver.mts';

let started: Awaited<ReturnType<typeof startSandbox>>;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
const clock = new ManualClock();
const statuses: number[] = [];

beforeAll(async () => {
	started = await startSandbox({ port: 0, clock });
	receiver = await startReceiver(statuses);
});
beforeEach(() => {
	started.sandbox.spara.reset();
	receiver.received.length = 0;
	statuses.length = 0;
});
afterAll(async () => {
	await started.close();
	await receiver.close();
});

const spara = () => started.sandbox.spara;
const register = (authentication: Authentication = { kind: 'none' }) =>
	spara().registerWebhook({ account: acme.id, url: receiver.url, authentication });
const firstLead = () => spara().leads()[0];
const secret = 'a secret of the test';
const hmac = { kind: 'hmac', header: 'X-Signature', secret, encoding: 'hex', prefix: 'sha256=' } as const;

const isGenuine: Record<string, (delivery: Received) => boolean> = {
	header: ({ headers }) => headers.authorization === `Bearer ${secret}`,
	query: ({ url }) => new URL(url, 'http://x').searchParams.get('token') === secret,
	hmac: ({ headers, body }) =>
		headers['x-signature'] === `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
};
const authentications: Authentication[] = [
	{ kind: 'header', name: 'Authorization', value: `Bearer ${secret}` },
	{ kind: 'query', name: 'token', value: secret },
	hmac,
];

describe('payloads (contract 6.3, assumed)', () => {
	it('lead.created without a lead captures one and tells of it', async () => {
		register();
		const [attempt] = await spara().emit({ event: 'lead.created' });
		const [{ headers, body }] = receiver.received;
		const lead = spara().lead({ id: attempt.subject });
		expect(headers['content-type']).toBe('application/json');
		expect(JSON.parse(body)).toEqual({
			event: 'lead.created',
			created_at: '2026-06-01T00:00:00Z',
			lead: { object: 'lead', id: lead.id, data: lead.data },
		});
		expect(attempt).toMatchObject({
			attempt: 1,
			status: 200,
			event: 'lead.created',
			url: receiver.url,
			body,
		});
	});

	it('lead.facts_updated saves the facts, unless forged, and tells which', async () => {
		register();
		const { id } = firstLead();
		await spara().emit({
			event: 'lead.facts_updated',
			leadId: id,
			changed: { hot: false },
			variant: 'forged',
		});
		expect(spara().lead({ id }).data).not.toHaveProperty('hot');
		await spara().emit({
			event: 'lead.facts_updated',
			leadId: id,
			changed: { num_employees: 12, hot: true },
		});
		expect(JSON.parse(receiver.received[1].body)).toMatchObject({
			event: 'lead.facts_updated',
			lead: { id },
			changed: { num_employees: 12, hot: true },
		});
		expect(spara().lead({ id }).data.hot?.toString()).toBe('true');
	});

	it('can name the event under another key, in a header, and carry a delivery id', async () => {
		register();
		spara().configure({ eventKey: 'type', eventIdKey: 'delivery_id', callEventName: 'Voice Call Ended' });
		await spara().emit({ event: 'voice_call.ended', leadId: firstLead().id });
		spara().configure({ eventKey: 'x-spara-event', eventIn: 'header' });
		await spara().emit({ event: 'lead.created' });
		const [inBody, inHeader] = receiver.received.map(({ body }) => JSON.parse(body));
		expect(inBody).toMatchObject({
			type: 'Voice Call Ended',
			delivery_id: expect.stringMatching(/^[\w-]{36}$/),
		});
		expect(inBody.event).toBeUndefined();
		expect(receiver.received[1].headers['x-spara-event']).toBe('lead.created');
		expect(inHeader['x-spara-event']).toBeUndefined();
	});
});

describe('variants', () => {
	const variants = ['genuine', 'forged', 'tampered', 'unsigned'] as const;

	it.each(authentications)(
		'with $kind authentication only what should verify does',
		async (authentication) => {
			register(authentication);
			for (const variant of variants) {
				await spara().emit({ event: 'lead.created', leadId: firstLead().id, variant });
			}
			const verdicts = receiver.received.map(isGenuine[authentication.kind]);
			// A token says nothing about the body, so tampering cannot be seen.
			expect(verdicts).toEqual([true, false, authentication.kind !== 'hmac', false]);
		},
	);

	it('tampered differs from genuine in one byte and is still JSON', async () => {
		register(hmac);
		await spara().emit({ event: 'lead.created', leadId: firstLead().id });
		await spara().emit({ event: 'lead.created', leadId: firstLead().id, variant: 'tampered' });
		const [genuine, tampered] = receiver.received.map(({ body }) => body);
		const changed = [...genuine].filter((character, place) => tampered[place] !== character);
		expect(tampered).toHaveLength(genuine.length);
		expect(changed).toHaveLength(1);
		expect(() => JSON.parse(tampered)).not.toThrow();
	});

	it('repeated is the genuine delivery again, byte for byte', async () => {
		register(hmac);
		const { id } = firstLead();
		await spara().emit({ event: 'lead.created', leadId: id });
		clock.advance(5000);
		const [repeat] = await spara().emit({ event: 'lead.created', leadId: id, variant: 'repeated' });
		const [first, second] = receiver.received;
		expect(second).toEqual(first);
		expect(repeat).toMatchObject({
			deliveryId: spara().deliveries()[0].deliveryId,
			variant: 'repeated',
			subject: id,
		});
		await spara().emit({ event: 'lead.created', variant: 'repeated' });
		expect(receiver.received[2]).toEqual(first);
	});

	it('has nothing to repeat before a genuine delivery', async () => {
		register(hmac);
		const repeat = spara().emit({ event: 'lead.created', leadId: firstLead().id, variant: 'repeated' });
		await expect(repeat).rejects.toThrow(/nothing to repeat/);
	});

	it('signs in base64 without a prefix when so registered', async () => {
		register({ ...hmac, encoding: 'base64', prefix: '' });
		await spara().emit({ event: 'lead.created' });
		const [{ headers, body }] = receiver.received;
		expect(headers['x-signature']).toBe(createHmac('sha256', secret).update(body).digest('base64'));
	});
});

describe('endpoints', () => {
	it('an account has one; registering another replaces it', async () => {
		register();
		register();
		expect(spara().webhooks()).toHaveLength(1);
		await spara().emit({ event: 'lead.created' });
		expect(receiver.received).toHaveLength(1);
	});

	it('get only their own account’s events', async () => {
		register();
		expect(await spara().emit({ event: 'lead.created', account: globex.id })).toEqual([]);
		expect(receiver.received).toEqual([]);
	});

	it('must be on this machine', () => {
		expect(() => spara().registerWebhook({ account: acme.id, url: 'https://example.com/hook' })).toThrow(
			/loopback/,
		);
	});
});

describe('retries', () => {
	it('follow the schedule with the same bytes until a 2xx, and every attempt is logged', async () => {
		statuses.push(500, 503);
		register(hmac);
		const [first] = await spara().emit({ event: 'lead.created' });
		expect(first).toMatchObject({ attempt: 1, status: 500 });
		const times = [clock.now()];
		for (const delayMs of [1000, 5000]) {
			await clock.someoneSleeps();
			clock.advance(delayMs);
			times.push(clock.now());
			while (spara().deliveries().length < times.length) await new Promise(setImmediate);
		}
		await spara().settled();
		const log = spara().deliveries();
		expect(log.map(({ attempt, status, at }) => [attempt, status, at])).toEqual([
			[1, 500, times[0]],
			[2, 503, times[1]],
			[3, 200, times[2]],
		]);
		expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
		expect(new Set(log.map(({ deliveryId }) => deliveryId)).size).toBe(1);
	});

	it('are not made for a forged delivery', async () => {
		statuses.push(401);
		register(hmac);
		await spara().emit({ event: 'lead.created', variant: 'forged' });
		await spara().settled();
		expect(spara().deliveries()).toHaveLength(1);
	});

	it('an unreachable receiver is logged as an error', async () => {
		spara().registerWebhook({ account: acme.id, url: 'http://127.0.0.1:1/nobody' });
		const [attempt] = await spara().emit({ event: 'lead.created' });
		expect(attempt.status).toBeUndefined();
		expect(attempt.error).toMatch(/ECONNREFUSED|bad port/);
	});
});

it('creating through the API is announced only when switched on, updating never', async () => {
	const api = sparaApi(started.url);
	register();
	const { id } = (await api.send('POST', '/leads', { email: 'ada@example.com' })).json;
	await api.send('PATCH', `/leads/${id}`, { first_name: 'Ada' });
	await spara().settled();
	expect(receiver.received).toEqual([]);

	spara().configure({ announceApiLeads: true });
	const { json: announced } = await api.send('POST', '/leads', { email: 'ada@example.com' });
	await clock.someoneSleeps();
	clock.advance(0);
	await spara().settled();
	expect(receiver.received.map(({ body }) => JSON.parse(body).lead.id)).toEqual([announced.id]);
	await api.close();
});
