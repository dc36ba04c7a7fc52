import { contactOfLead, simplifyContact } from '../../../nodes/Leadiosa/lead';
import { chosenEvents } from '../../../nodes/Leadiosa/webhooks';
import { eventOptions } from '../../../nodes/Leadiosa/eventOptions';
import { toApiFields, unwrap } from '../../../nodes/Leadiosa/vendor';

describe('a contact and the one lead shape', () => {
	const contact = {
		id: 'cont_1',
		external_id: 'user-7',
		email: 'ada@example.com',
		name: 'Ada King Lovelace',
		attributes: { phone: '+14155550123', company: 'Engines', job_title: 'Countess', plan: 'pro' },
		created_at: '2026-01-01T00:00:00.000Z',
		updated_at: '2026-01-02T00:00:00.000Z',
	};

	it('maps what the shape knows and keeps the rest', () => {
		expect(simplifyContact(contact)).toEqual({
			platform: 'leadiosa',
			id: 'cont_1',
			email: 'ada@example.com',
			firstName: 'Ada',
			lastName: 'King Lovelace',
			phone: '+14155550123',
			company: 'Engines',
			jobTitle: 'Countess',
			createdAt: '2026-01-01T00:00:00.000Z',
			updatedAt: '2026-01-02T00:00:00.000Z',
			customFields: { external_id: 'user-7', plan: 'pro' },
		});
	});

	it('invents nothing', () => {
		expect(simplifyContact({ id: 'cont_2' })).toEqual({
			platform: 'leadiosa',
			id: 'cont_2',
			customFields: {},
		});
	});

	it("is written as it was read, without what is not the writer's", () => {
		const { email, name, attributes } = contact;
		expect(contactOfLead(simplifyContact(contact))).toEqual({ email, name, attributes });
		expect(contactOfLead({ platform: 'spara', id: 'X' })).toEqual({});
	});
});

it('sends nothing empty', () => {
	expect(
		toApiFields({
			text: '',
			name: undefined,
			tag: null,
			attributes: {},
			events: [],
			title: 'T',
			status: 'open',
		}),
	).toEqual({ title: 'T', status: 'open' });
	expect(toApiFields({ conversationId: 'c', assigneeId: 'o', snoozedUntil: 't', updatedSince: 'u' })).toEqual(
		{
			conversation_id: 'c',
			assignee_id: 'o',
			snoozed_until: 't',
			updated_since: 'u',
		},
	);
});

it.each([
	[{ id: 'a' }, { id: 'a' }],
	[{ data: { id: 'a' } }, { id: 'a' }],
	[
		{ data: [1], pagination: {} },
		{ data: [1], pagination: {} },
	],
	[{ data: 'text' }, { data: 'text' }],
	[undefined, {}],
])('unwraps %j to %j', (answer, object) => {
	expect(unwrap(answer)).toEqual(object);
});

it('knows all events, however they are chosen', () => {
	expect(eventOptions).toHaveLength(11);
	const each = eventOptions.map(({ value }) => String(value));
	for (const chosen of [undefined, [], ['*'], each, [...each, 'conversation.updated']])
		expect(chosenEvents(chosen)).toEqual(['*']);
	expect(chosenEvents(['ai.handoff'])).toEqual(['ai.handoff']);
});
