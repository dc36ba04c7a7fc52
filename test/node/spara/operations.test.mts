import { itemsOf, openSpara, VOICE_AGENT, type SparaStage } from './stage.mts';

let stage: SparaStage;
beforeEach(async () => (stage = await openSpara()));
afterEach(async () => await stage.close());

const paired = (count: number) => itemsOf(count, (item) => ({ item }));

describe('many items', () => {
	it('come out in item order, each linked to its own, however long each takes', async () => {
		stage.sandbox.addFault({ probability: 0.3, fault: { kind: 'latency', ms: 40 } });
		const leads = stage.sandbox.leads();
		const items = leads.map(({ id }) => ({ id }));
		const { items: output, linkedInputs } = await stage.lead('get', { leadId: '={{ $json.id }}' }, { items });
		expect(output.map(({ json }) => json.id)).toEqual(items.map(({ id }) => id));
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(paired(leads.length));
		expect(linkedInputs).toEqual(items);
	});

	it('change one record in item order, even when an earlier request is slower', async () => {
		const [{ id }, { id: other }] = stage.sandbox.leads();
		stage.sandbox.addFault({ method: 'PATCH', every: 2, fault: { kind: 'latency', ms: 60 } });
		const items = itemsOf(12, (index) => ({ id: index % 4 === 3 ? other : id, name: `Name ${index}` }));
		await stage.lead(
			'update',
			{ leadId: '={{ $json.id }}', leadFields: { first_name: '={{ $json.name }}' } },
			{ items },
		);
		expect(stage.sandbox.lead({ id }).data.first_name).toBe('Name 10');
		expect(stage.sandbox.lead({ id: other }).data.first_name).toBe('Name 11');
	});

	it('with one email make one lead', async () => {
		const { items } = await stage.lead(
			'upsert',
			{ matchEmail: '={{ $json.email }}' },
			{ items: itemsOf(10, (index) => ({ email: index % 2 ? 'One@example.com' : 'one@example.com' })) },
		);
		expect(items.map(({ json }) => json.created)).toEqual([true, ...Array.from({ length: 9 }, () => false)]);
		expect(Object.values(stage.sandbox.writes({ kind: 'create' }))).toEqual([1]);
	});
});

describe('a failed item', () => {
	const [good, bad] = ['good', 'bad'];
	const run = async (onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput') => {
		const [{ id }] = stage.sandbox.leads();
		const items = [
			{ id, mark: good },
			{ id: 'NOSUCH00', mark: bad },
			{ id, mark: good },
		];
		return await stage.lead('get', { leadId: '={{ $json.id }}' }, { items, settings: { onError } });
	};
	const details = { status: 404, code: 'not_found', requestId: expect.any(String) };

	it('stops the node, with its item in the error', async () => {
		const { error, items, status } = await run('stopWorkflow');
		expect(status).toBe('error');
		expect(items).toEqual([]);
		expect(error).toMatchObject({
			message: 'Spara could not find the record: No such lead',
			context: { itemIndex: 1, data: details },
		});
	});

	it('stays in its place with its reason when the node goes on', async () => {
		const { items, linkedInputs } = await run('continueRegularOutput');
		expect(items[1].json).toMatchObject({
			error: 'Spara could not find the record: No such lead',
			message: expect.stringContaining('Check the ID'),
			details,
		});
		expect(linkedInputs.map((input) => input?.mark)).toEqual([good, bad, good]);
	});

	it('goes to the error output with its reason and its link', async () => {
		const { items, errorItems, linkedInputs, linkedErrorInputs } = await run('continueErrorOutput');
		expect(items).toHaveLength(2);
		expect(errorItems).toHaveLength(1);
		expect(errorItems[0].json).toMatchObject({ error: expect.stringContaining('could not find'), details });
		expect(linkedInputs.map((input) => input?.mark)).toEqual([good, good]);
		expect(linkedErrorInputs.map((input) => input?.mark)).toEqual([bad]);
	});
});

describe('upsert', () => {
	it('lists the leads when several have the email, and changes none', async () => {
		const twin = { leadFields: { email: 'twin@example.com' } };
		await stage.lead('create', twin);
		await stage.lead('create', twin);
		stage.sandbox.forget();
		const { error } = await stage.lead('upsert', {
			matchEmail: 'twin@example.com',
			leadFields: { first_name: 'Who' },
		});
		const ids = stage.sandbox
			.leads()
			.filter(({ data }) => data.email === 'twin@example.com')
			.map(({ id }) => id);
		expect(error?.message).toBe('2 leads have the email twin@example.com');
		expect(ids.every((id) => error?.description?.includes(id))).toBe(true);
		expect(stage.sandbox.writes({ kind: 'update' })).toEqual({});
	});
});

describe('one lead shape', () => {
	it('goes from one operation into the next unchanged', async () => {
		const [known] = stage.sandbox.leads().filter(({ data }) => data.email && data.company_name);
		const {
			items: [{ json: lead }],
		} = await stage.lead('get', { leadId: known.id });
		const {
			items: [{ json: copy }],
		} = await stage.lead('create', { leadData: 'lead', lead: '={{ $json }}' }, { items: [lead] });
		expect(copy).toEqual({
			...lead,
			id: copy.id,
			url: copy.url,
			createdAt: copy.createdAt,
			updatedAt: copy.updatedAt,
		});
		expect(copy.id).not.toBe(lead.id);
	});

	it('keeps the types of custom fields', async () => {
		const field = [
			{ name: 'plan', type: 'text', text: '100' },
			{ name: 'seats', type: 'integer', integer: 100 },
			{ name: 'vip', type: 'boolean', boolean: true },
		];
		const {
			items: [{ json }],
		} = await stage.lead('create', { customFields: { field } });
		expect(json.customFields).toEqual({ plan: '100', seats: 100, vip: true });
	});
});

describe('Max Wait', () => {
	it('fails an item as soon as its wait is known to be longer', async () => {
		const leads = stage.sandbox
			.leads()
			.filter(({ data }) => data.phone_number)
			.slice(0, 12);
		const { items } = await stage.lead(
			'call',
			{
				leadId: '={{ $json.id }}',
				voiceAgentId: VOICE_AGENT,
				callMode: 'qa',
				options: { maxWait: 0.5, maxConcurrentRequests: 12 },
			},
			{ items: leads.map(({ id }) => ({ id })), settings: { onError: 'continueRegularOutput' } },
		);
		expect(items.filter(({ json }) => json.queued)).toHaveLength(5);
		expect(items[11].json).toMatchObject({
			error: expect.stringMatching(
				/^The rate limit of Spara would keep this request waiting for \d seconds?$/,
			),
			message: expect.stringContaining('Max Wait'),
		});
	});
});

describe('API request', () => {
	it('sends what the node does not offer yet', async () => {
		const [{ id }] = stage.sandbox.leads();
		const { items } = await stage.lead('send', {
			resource: 'apiRequest',
			method: 'GET',
			path: `/leads/${id}`,
		});
		expect(items[0].json).toMatchObject({ object: 'lead', id });
	});

	it.each(['https://evil.example/x', '/leads/../x', '/leads//x', '/leads/%2e%2e', '/leads?x=1'])(
		'refuses the path %s',
		async (path) => {
			stage.sandbox.forget();
			const { error } = await stage.lead('send', { resource: 'apiRequest', method: 'GET', path });
			expect(error?.message).toContain('"Path" must');
			expect(stage.sandbox.statistics().requests).toBe(0);
		},
	);
});
