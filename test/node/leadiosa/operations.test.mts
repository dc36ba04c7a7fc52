import type { IDataObject } from 'n8n-workflow';
import { globex, openStage, operatorToken, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => (stage = await openStage()));
beforeEach(() => stage.leadiosa.reset());
afterAll(async () => await stage.close());

const known = () => stage.leadiosa.contacts().filter(({ email }) => email !== undefined);
const conversation = () => stage.leadiosa.conversations()[0];
const deepMatch = (json: object, item = 0) => ({ json: expect.objectContaining(json), pairedItem: { item } });
const continuing = { settings: { onError: 'continueRegularOutput' as const } };

async function outputOf(...given: Parameters<Stage['run']>) {
	const { items, error } = await stage.run(...given);
	expect(error).toBeUndefined();
	return items;
}

describe.each(['bare', 'wrapped'] as const)('with single objects %s', (envelope) => {
	beforeEach(() => stage.leadiosa.configure({ envelope }));

	it('creates conversations for a contact known by ID or by email', async () => {
		const [contact] = known();
		const byId = await outputOf(
			'conversation',
			'create',
			{
				contactId: '={{ $json.id }}',
				additionalFields: { message: 'Good morning', attributes: '{ "source": "n8n" }' },
			},
			[{ id: contact.id }],
		);
		expect(byId).toEqual([
			deepMatch({ contact_id: contact.id, status: 'open', attributes: { source: 'n8n' } }),
		]);
		expect(stage.leadiosa.messages()).toContainEqual(
			expect.objectContaining({ conversation_id: byId[0].json.id, text: 'Good morning', from: 'operator' }),
		);

		const people = [{ email: 'new@example.com' }, { email: contact.email }];
		const byEmail = await outputOf(
			'conversation',
			'create',
			{
				contactBy: 'email',
				contactEmail: '={{ $json.email }}',
				additionalFields: { contactName: 'New Person' },
			},
			people,
		);
		expect(byEmail.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(byEmail[1].json.contact_id).toBe(contact.id);
		expect(stage.leadiosa.contacts()).toContainEqual(
			expect.objectContaining({
				id: byEmail[0].json.contact_id,
				email: 'new@example.com',
				name: 'New Person',
			}),
		);
	});

	it('gets, lists and updates conversations', async () => {
		const [first, second] = stage.leadiosa.conversations();
		const got = await outputOf('conversation', 'get', { conversationId: '={{ $json.id }}' }, [
			{ id: second.id },
			{ id: first.id },
		]);
		expect(got).toEqual([
			{ json: second, pairedItem: { item: 0 } },
			{ json: first, pairedItem: { item: 1 } },
		]);

		const updated = await outputOf('conversation', 'update', {
			conversationId: first.id,
			additionalFields: {
				status: 'snoozed',
				snoozedUntil: '2026-12-01T10:00:00',
				assigneeId: 'op_2',
				json: { priority: 'high' },
			},
		});
		expect(updated).toEqual([
			deepMatch({ id: first.id, status: 'snoozed', assignee_id: 'op_2', priority: 'high' }),
		]);
		expect(Date.parse(updated[0].json.snoozed_until as string)).not.toBeNaN();

		const filtered = await outputOf('conversation', 'getMany', {
			returnAll: true,
			filters: {
				status: 'snoozed',
				assigneeId: 'op_2',
				contactId: first.contact_id,
				tag: 'pricing',
				updatedSince: '2026-01-01',
			},
		});
		expect(filtered).toEqual([deepMatch({ id: first.id })]);
		expect(await outputOf('conversation', 'getMany', { returnAll: false, limit: 2 })).toHaveLength(2);
	});

	it('sends a null only through the JSON field', async () => {
		const { id } = conversation();
		await outputOf('conversation', 'update', {
			conversationId: id,
			additionalFields: { json: { priority: 'high' } },
		});
		expect(conversation().priority).toBe('high');
		await outputOf('conversation', 'update', {
			conversationId: id,
			additionalFields: { assigneeId: '', json: '{ "priority": null }' },
		});
		expect(stage.leadiosa.conversations().find((one) => one.id === id)).not.toHaveProperty('priority');
	});

	it('sends messages in order and lists the thread', async () => {
		const { id } = conversation();
		const texts = ['one', 'two', 'three'].map((text) => ({ text }));
		const sent = await outputOf(
			'message',
			'create',
			{
				conversationId: id,
				text: '={{ $json.text }}',
				additionalFields: { attachments: '[{ "url": "https://example.com/a.pdf" }]' },
			},
			texts,
		);
		expect(sent).toEqual(
			texts.map(({ text }, item) => deepMatch({ conversation_id: id, text, from: 'operator' }, item)),
		);
		const thread = await outputOf('message', 'getMany', { conversationId: id, returnAll: true });
		expect(thread.map(({ json }) => json.text).sort()).toEqual(['Hello', 'one', 'three', 'two']);
		expect(thread.filter(({ json }) => (json.attachments as unknown[]).length === 1)).toHaveLength(3);
	});

	it('gets and updates contacts in the one lead shape, or raw', async () => {
		const [contact, other] = known();
		const [firstName] = (contact.name ?? '').split(' ');
		const got = await outputOf('contact', 'get', { contactId: '={{ $json.id }}' }, [
			{ id: other.id },
			{ id: contact.id },
		]);
		expect(got[0].json.id).toBe(other.id);
		expect(got[1]).toEqual(
			deepMatch(
				{
					platform: 'leadiosa',
					id: contact.id,
					email: contact.email,
					firstName,
					phone: contact.attributes?.phone,
					customFields: { external_id: contact.external_id, plan: contact.attributes?.plan },
				},
				1,
			),
		);

		const raw = await outputOf('contact', 'update', {
			contactId: contact.id,
			simplify: false,
			additionalFields: { name: 'Ada King', attributes: { plan: 'pro' }, email: '' },
		});
		expect(raw).toEqual([deepMatch({ id: contact.id, name: 'Ada King', email: contact.email })]);

		const lead = {
			platform: 'spara',
			id: 'X',
			firstName: 'Ada',
			lastName: 'Byron',
			company: 'Engines',
			customFields: { size: 3 },
		};
		const fromLead = await outputOf(
			'contact',
			'update',
			{ contactId: contact.id, contactData: 'lead', lead: '={{ $json }}' },
			[lead],
		);
		expect(fromLead).toEqual([deepMatch({ firstName: 'Ada', lastName: 'Byron', company: 'Engines' })]);
		expect(known().find(({ id }) => id === contact.id)?.attributes).toMatchObject({
			company: 'Engines',
			size: 3,
			plan: 'pro',
		});
		const anonymous = stage.leadiosa.contacts().find(({ email }) => email === undefined)!;
		const [{ json }] = await outputOf('contact', 'get', { contactId: anonymous.id });
		expect(Object.keys(json).sort()).toEqual(['createdAt', 'customFields', 'id', 'platform', 'updatedAt']);
	});

	it('lists contacts', async () => {
		const all = await outputOf('contact', 'getMany', { returnAll: true });
		expect(all.map(({ json }) => json.id).sort()).toEqual(
			stage.leadiosa
				.contacts()
				.map(({ id }) => id)
				.sort(),
		);
		expect(
			all.every(
				({ pairedItem, json }) => (pairedItem as { item: number }).item === 0 && json.platform === 'leadiosa',
			),
		).toBe(true);
	});

	it('erases a contact only if that is confirmed', async () => {
		const [contact, other] = known();
		const refused = await stage.run('contact', 'erase', { contactId: contact.id });
		expect(refused.error?.message).toBe('"Confirm Erasure" must be turned on, or nothing is done');
		expect(stage.leadiosa.statistics().requests).toBe(0);

		const erased = await outputOf('contact', 'erase', { contactId: '={{ $json.id }}', confirm: true }, [
			{ id: other.id },
			{ id: contact.id },
		]);
		expect(erased).toEqual([
			{ json: { id: other.id, erased: true }, pairedItem: { item: 0 } },
			{ json: { id: contact.id, erased: true }, pairedItem: { item: 1 } },
		]);
		expect(stage.leadiosa.writes({ kind: 'erase' })).toEqual({ [contact.id]: 1, [other.id]: 1 });
		expect(await outputOf('auditLog', 'getMany', { returnAll: true })).toEqual(
			expect.arrayContaining([
				deepMatch({ action: 'contact.erased', target: { id: contact.id, type: 'contact' } }),
			]),
		);
	});

	it('writes and lists notes', async () => {
		const { id } = conversation();
		const [{ json }] = await outputOf('note', 'create', { conversationId: id, text: 'Called.' });
		expect(json).toMatchObject({ conversation_id: id, text: 'Called.', author_id: 'op_1' });
		const notes = await outputOf('note', 'getMany', { conversationId: id, returnAll: true });
		expect(notes.map((note) => note.json.text)).toEqual(['Called.', 'Wants a quote.']);
	});

	it('creates, gets, lists, updates and deletes knowledge articles', async () => {
		const [{ json: created }] = await outputOf('knowledgeArticle', 'create', {
			title: 'Prices',
			content: 'From 10.',
		});
		const one = { knowledgeArticleId: created.id };
		await outputOf('knowledgeArticle', 'update', { ...one, additionalFields: { content: 'From 12.' } });
		expect(await outputOf('knowledgeArticle', 'get', one)).toEqual([
			deepMatch({ title: 'Prices', content: 'From 12.' }),
		]);
		expect(await outputOf('knowledgeArticle', 'getMany', { returnAll: true })).toHaveLength(2);
		expect(await outputOf('knowledgeArticle', 'delete', one)).toEqual([
			{ json: { id: created.id, deleted: true }, pairedItem: { item: 0 } },
		]);
		expect(stage.leadiosa.articles()).toHaveLength(1);
	});

	it('creates, lists and deletes webhooks', async () => {
		const url = 'http://127.0.0.1:6051/hook';
		const parameters = { url, additionalFields: { events: ['ai.handoff'] } };
		const [{ json }] = await outputOf('webhook', 'create', parameters);
		expect(json).toMatchObject({ url, events: ['ai.handoff'], secret: expect.any(String) });
		expect(await outputOf('webhook', 'getMany', { returnAll: true })).toEqual([
			deepMatch({ id: json.id, url }),
		]);
		await outputOf('webhook', 'delete', { webhookId: json.id });
		expect(stage.leadiosa.hooks()).toEqual([]);
	});

	it('closes the workspace only if that is confirmed, and restores it', async () => {
		const refused = await stage.run('workspace', 'close', {});
		expect(refused.error?.message).toBe('"Confirm Closing" must be turned on, or nothing is done');
		expect(stage.leadiosa.statistics().requests).toBe(0);
		expect(await outputOf('workspace', 'close', { confirm: true })).toEqual([
			deepMatch({ status: 'closed', closed: true }),
		]);
		expect(await outputOf('workspace', 'getArchiveStatus')).toEqual([deepMatch({ status: 'closed' })]);
		expect(await outputOf('workspace', 'restore')).toEqual([deepMatch({ status: 'active', restored: true })]);
	});

	it('gets the subscription, and sends any request', async () => {
		expect(await outputOf('subscription', 'get')).toEqual([deepMatch({ plan: 'pro' })]);
		const sent = await outputOf('apiRequest', 'send', { method: 'GET', path: `/contacts/${known()[0].id}` });
		expect(JSON.stringify(sent[0].json)).toContain(known()[0].email);
		stage.leadiosa.seedContacts({ count: 130 });
		const listed = await outputOf('apiRequest', 'getMany', { path: '/contacts', returnAll: true });
		expect(new Set(listed.map(({ json }) => json.id)).size).toBe(160);
	});
});

describe('refusals', () => {
	const errorOf = async (...given: Parameters<Stage['run']>) =>
		(await stage.run(...given)).error as unknown as {
			message: string;
			description: string;
			httpCode: string;
		};

	it('reads 401, 403, 404 and 409 differently, each with the request ID', async () => {
		const elsewhere = stage.leadiosa.contacts({ account: globex.id })[0].id;
		const { id } = conversation();
		await stage.run('conversation', 'update', { conversationId: id, additionalFields: { status: 'closed' } });
		const errors = [
			await errorOf('conversation', 'get', { conversationId: id }, [{}], {
				credential: { apiKey: 'wrong-token' },
			}),
			await errorOf('workspace', 'getArchiveStatus', {}, [{}], { credential: { apiKey: operatorToken.key } }),
			await errorOf('contact', 'get', { contactId: elsewhere }),
			await errorOf('conversation', 'update', {
				conversationId: id,
				additionalFields: { assigneeId: 'op_1' },
			}),
		];
		expect(errors.map(({ httpCode }) => httpCode)).toEqual(['401', '403', '404', '409']);
		expect(errors.map(({ message }) => message)).toEqual([
			'Leadiosa did not accept the API token: The token is not valid',
			'Leadiosa does not allow this API token to do this: Only owners of the workspace may do this',
			'Leadiosa could not find the record: No such contact here',
			'Leadiosa could not do this with the record as it stands: A closed conversation cannot be assigned',
		]);
		expect(new Set(errors.map(({ description }) => description.split('(status')[0])).size).toBe(4);
		for (const { description } of errors) expect(description).toMatch(/request ID req_[\w-]+\)$/);
		expect(stage.leadiosa.statistics().rejected).toEqual({ 401: 1, 403: 1, 404: 1, 409: 1 });
	});

	it('gives code and request ID of a failed item beside those that went well', async () => {
		const { id } = conversation();
		const items = [{ id: 'conv_none' }, { id }].map((json): IDataObject => json);
		const result = await stage.run(
			'conversation',
			'get',
			{ conversationId: '={{ $json.id }}' },
			items,
			continuing,
		);
		expect(result.items[0]).toMatchObject({
			json: {
				details: { status: 404, code: 'conversation_not_found', requestId: expect.stringMatching(/^req_/) },
			},
			pairedItem: { item: 0 },
		});
		expect(result.items[1]).toEqual(deepMatch({ id }, 1));
	});

	it.each([
		{
			resource: 'conversation',
			parameters: { conversationId: 'conv_1' },
			says: 'There is nothing to update',
		},
		{
			resource: 'contact',
			parameters: { contactId: '../webhooks', additionalFields: { name: 'x' } },
			says: '"Contact" must be an ID',
		},
		{
			resource: 'contact',
			parameters: { contactId: 'c', additionalFields: { attributes: '{' } },
			says: '"Attributes (JSON)" is not valid JSON',
		},
	])('sends nothing when "$says"', async ({ resource, parameters, says }) => {
		expect((await errorOf(resource, 'update', parameters)).message).toContain(says);
		expect(stage.leadiosa.statistics().requests).toBe(0);
	});

	it('passes on what Leadiosa announces', async () => {
		stage.leadiosa.configure({ deprecation: 'GET /conversations without limit ends on 2027-01-01' });
		const { hints } = await stage.run('conversation', 'getMany', { returnAll: true });
		expect(hints.map(({ message }) => message)).toEqual([expect.stringContaining('ends on 2027-01-01')]);
	});
});
