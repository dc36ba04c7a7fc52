import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { events } from '../../../nodes/Spara/events.ts';
import type { Delivery } from '../../../nodes/shared/webhook/events.ts';

const lead = {
	object: 'lead',
	id: 'QX7R20MB',
	created_at: '2026-02-03T08:00:00Z',
	updated_at: '2026-02-03T09:30:00Z',
	data: { email: 'ada@example.com' },
};
const simplified = expect.objectContaining({ platform: 'spara', id: 'QX7R20MB', email: 'ada@example.com' });

function deliveryOf(body: IDataObject, headers: Delivery['headers'] = {}, query: IDataObject = {}): Delivery {
	return { rawBody: Buffer.from(JSON.stringify(body)), headers, query };
}

const read = (body: IDataObject, headers: Delivery['headers'] = {}) =>
	events.read(body, deliveryOf(body, headers));

describe('the event of a delivery (contract 6.2)', () => {
	it.each([
		['lead.created', 'lead.created'],
		['lead_created', 'lead.created'],
		['Lead Created', 'lead.created'],
		[' LEAD-CREATED ', 'lead.created'],
		['lead. created', 'lead.created'],
		['lead.facts_updated', 'lead.facts_updated'],
		['Lead Facts Updated', 'lead.facts_updated'],
		['lead.facts.updated', 'lead.facts_updated'],
		['Voice Call Ended', 'voice_call.ended'],
		['voice_call.ended', 'voice_call.ended'],
		['voice.call-ended', 'voice_call.ended'],
		['call.ended', 'voice_call.ended'],
		['phone.call_ended', 'voice_call.ended'],
		['Lead.Archived', 'Lead.Archived'],
		['call.started', 'call.started'],
	])('%j is %s', (name, event) => {
		expect(read({ event: name }).event).toBe(event);
	});

	it.each([['event'], ['event_type'], ['type'], ['event_name'], ['topic']])('is read from %s', (key) => {
		expect(read({ [key]: 'lead.created', lead }).event).toBe('lead.created');
	});

	it('is read from the first of these keys that is a text', () => {
		expect(read({ topic: 'call.ended', event_type: 'lead.created', event: { id: 1 }, type: '' }).event).toBe(
			'lead.created',
		);
	});

	it('is read from a header whose name tells that it holds an event', () => {
		expect(read({ lead }, { 'x-spara-event': 'Lead Created' }).event).toBe('lead.created');
		expect(read({ lead }, { 'x-event-type': ['lead.created', 'other'] }).event).toBe('lead.created');
		expect(read({ event: 'lead.created' }, { 'x-spara-event': 'call.ended' }).event).toBe('lead.created');
	});

	it('is read from the header that names one, when another holds an ID', () => {
		expect(read({ lead }, { 'x-event-id': 'e-1', 'x-event-type': 'lead.created' }).event).toBe(
			'lead.created',
		);
	});

	it('is unknown where nothing tells it', () => {
		expect(read({ lead }).event).toBe('unknown');
	});

	it('is in the catalogue, or as it came', () => {
		expect(events.events.map(({ value }) => value)).toEqual([
			'lead.created',
			'lead.facts_updated',
			'voice_call.ended',
		]);
	});
});

describe('what a delivery says', () => {
	it("is read from the sandbox's envelope (contract 6.3)", () => {
		const body = {
			event: 'lead.facts_updated',
			created_at: '2026-02-03T08:00:01Z',
			lead,
			changed: { num_employees: 12 },
		};
		expect(read(body)).toEqual({
			event: 'lead.facts_updated',
			id: undefined,
			occurredAt: '2026-02-03T08:00:01.000Z',
			lead: simplified,
			data: { changed: { num_employees: 12 } },
		});
	});

	it('keeps what a call came to', () => {
		const call = {
			outcome: 'completed',
			summary: 'Asked about pricing.',
			recording_url: 'https://example.com/1',
		};
		expect(read({ event: 'Voice Call Ended', lead, call }).data).toEqual({ call });
	});

	it.each<[string, IDataObject]>([
		['under lead', { event: 'lead.created', lead }],
		['under lead, with nothing but an ID', { event: 'lead.created', lead: { id: lead.id, data: lead.data } }],
		['under data', { event: 'lead.created', data: lead }],
		['under data.lead', { event: 'lead.created', data: { lead } }],
		['as the body itself', { ...lead, event: 'lead.created' }],
	])('finds the lead %s', (_case, body) => {
		expect(read(body).lead).toEqual(simplified);
	});

	it.each<[string, IDataObject]>([
		['nowhere', { event: 'lead.created' }],
		['as an ID only', { event: 'lead.created', lead: 'QX7R20MB' }],
		['as null', { event: 'lead.created', lead: null, data: null } as unknown as IDataObject],
		['in data that is a text', { event: 'lead.created', data: 'lead' }],
	])('has no lead where it is %s', (_case, body) => {
		expect(read(body).lead).toBeUndefined();
	});

	it.each([['delivery_id'], ['event_id']])('takes its ID from %s', (key) => {
		expect(read({ event: 'lead.created', [key]: 'd-1', id: 'QX7R20MB', lead })).toMatchObject({ id: 'd-1' });
	});

	it('does not take the ID of a lead for its own', () => {
		expect(read({ event: 'lead.created', id: 'QX7R20MB' }).id).toBeUndefined();
		expect(read({ ...lead, event: 'lead.created' }).id).toBeUndefined();
	});

	it.each([
		['occurred_at', '2026-02-03T08:00:00Z', '2026-02-03T08:00:00.000Z'],
		['timestamp', '2026-02-03T10:00:00+02:00', '2026-02-03T08:00:00.000Z'],
		['created_at', 'yesterday', undefined],
	])('takes its time from %s', (key, time, occurredAt) => {
		expect(read({ event: 'lead.created', [key]: time, lead }).occurredAt).toBe(occurredAt);
	});

	it("does not take the time of a lead's creation for its own", () => {
		expect(read({ ...lead, event: 'lead.facts_updated' }).occurredAt).toBeUndefined();
	});
});

describe('who may deliver', () => {
	const RIGHT = 'the right token';
	const OLD = 'the old token';
	const body = Buffer.from('{"event":"lead.created"}');
	const sign = (secret: string, encoding: 'hex' | 'base64'): string =>
		createHmac('sha256', secret).update(body).digest(encoding);

	/** How each way of proving carries a token or its signature. */
	const ways: Record<string, (secret: string) => Partial<Delivery>> = {
		header: (secret) => ({ headers: { 'x-webhook-token': secret } }),
		query: (secret) => ({ query: { token: secret } }),
		hmac: (secret) => ({ headers: { 'x-webhook-token': `sha256=${sign(secret, 'hex')}` } }),
	};

	const credentials: Record<string, IDataObject> = {
		'one secret': { webhookSecret: RIGHT },
		'a previous secret too': { webhookSecret: RIGHT, previousWebhookSecret: OLD },
		'an empty secret': { webhookSecret: '', previousWebhookSecret: '' },
		'no secret': {},
	};

	const isAccepted = (delivery: Partial<Delivery>, credential: IDataObject): boolean =>
		events.verify({ rawBody: body, headers: {}, query: {}, ...delivery }, credential, undefined) ===
		undefined;

	const sent: Record<string, string | undefined> = {
		right: RIGHT,
		previous: OLD,
		wrong: 'another token',
		empty: '',
		missing: undefined,
	};
	const accepted = new Set([
		'one secret: right',
		'a previous secret too: right',
		'a previous secret too: previous',
	]);

	const matrix = Object.keys(ways).flatMap((way) =>
		Object.keys(credentials).flatMap((held) => Object.keys(sent).map((what) => [way, held, what] as const)),
	);

	it.each(matrix)('by %s, the credential holding %s: what is %s', (way, held, what) => {
		const credential = {
			webhookVerification: way,
			webhookHeader: 'X-Webhook-Token',
			webhookEncoding: 'hex',
			webhookPrefix: 'sha256=',
			...credentials[held],
		};
		const secret = sent[what];
		const delivery = secret === undefined ? {} : ways[way](secret);
		expect(isAccepted(delivery, credential)).toBe(accepted.has(`${held}: ${what}`));
	});

	it('anybody, where the user has chosen so, and nobody where the choice is unknown', () => {
		expect(isAccepted({}, { webhookVerification: 'none' })).toBe(true);
		for (const webhookVerification of [undefined, '', 'None', 'constructor', 'toString']) {
			expect(isAccepted({ query: { token: RIGHT } }, { webhookVerification, webhookSecret: RIGHT })).toBe(
				false,
			);
		}
	});

	it('the log says what is wrong, but not what came', () => {
		const delivery = deliveryOf({}, {}, { token: 'another token' });
		const credential = { webhookVerification: 'query', webhookSecret: '' };
		expect(events.verify(delivery, credential, undefined)).toBe('the credential has no Webhook Secret');
		expect(events.verify(delivery, { ...credential, webhookSecret: RIGHT }, undefined)).toBe(
			'its token or signature is missing or wrong',
		);
	});

	it('a header may say Bearer, and come more than once', () => {
		const credential = {
			webhookVerification: 'header',
			webhookHeader: 'Authorization',
			webhookSecret: RIGHT,
		};
		expect(isAccepted({ headers: { authorization: `Bearer ${RIGHT}` } }, credential)).toBe(true);
		expect(isAccepted({ headers: { authorization: ['wrong', RIGHT] } }, credential)).toBe(true);
		expect(isAccepted({ headers: { authorization: 'Bearer ' } }, credential)).toBe(false);
		expect(isAccepted({ headers: { 'x-webhook-token': RIGHT } }, credential)).toBe(false);
	});

	it('a token of the URL is one text', () => {
		const credential = { webhookVerification: 'query', webhookSecret: RIGHT };
		expect(isAccepted({ query: { token: [RIGHT] as unknown as string } }, credential)).toBe(false);
		expect(isAccepted({ query: { token: { a: RIGHT } } }, credential)).toBe(false);
		expect(isAccepted({ headers: { token: RIGHT } }, credential)).toBe(false);
	});

	it('a signature is of the very bytes, in the encoding and with the prefix that the user states', () => {
		const credential = {
			webhookVerification: 'hmac',
			webhookHeader: 'X-Signature',
			webhookSecret: RIGHT,
			webhookEncoding: 'base64',
		};
		const signature = sign(RIGHT, 'base64');
		expect(isAccepted({ headers: { 'x-signature': signature } }, credential)).toBe(true);
		expect(isAccepted({ headers: { 'x-signature': sign(RIGHT, 'hex') } }, credential)).toBe(false);
		expect(
			isAccepted({ headers: { 'x-signature': signature } }, { ...credential, webhookPrefix: 'v1=' }),
		).toBe(false);
		expect(
			isAccepted({ headers: { 'x-signature': signature }, rawBody: Buffer.from(`${body} `) }, credential),
		).toBe(false);
	});
});

describe('fetching the whole lead', () => {
	const { complete } = events.enrich as NonNullable<typeof events.enrich>;
	const body = { event: 'lead.created', lead: { id: lead.id } };
	const envelope = read(body);

	it('asks for the lead once, and puts it in place of what the event holds', async () => {
		const asked: unknown[] = [];
		const completed = await complete(envelope, body, async (spec) => {
			asked.push(spec);
			return lead;
		});
		expect(asked).toEqual([{ method: 'GET', path: ['leads', 'QX7R20MB'] }]);
		expect(completed.body).toEqual({ event: 'lead.created', lead });
		expect(completed.envelope).toMatchObject({ event: 'lead.created', lead: simplified });
	});

	it('asks for nothing where there is no lead', async () => {
		const bare = { event: 'lead.created' };
		const completed = await complete(read(bare), bare, async () => {
			throw new Error('There is nothing to ask for');
		});
		expect(completed.body).toEqual(bare);
	});
});
