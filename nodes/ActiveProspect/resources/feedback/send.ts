import { UserError, type IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { withoutEmpty } from '../../../shared/data/values';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import type { Send } from '../../../shared/transport/transport';
import { newestEvents } from '../../eventQuery';
import { simplifyEvent } from '../../lead';

const MAX_RECIPIENTS = 100;

const input = z.object({
	about: z.enum(['event', 'lead']).default('event'),
	eventId: id.optional(),
	leadId: id.optional(),
	recipientId: id.optional(),
	type: z.enum(['return', 'conversion']).default('return'),
	reason: z.string().optional(),
});

type FeedbackInput = z.infer<typeof input>;

function required(value: string | undefined, label: string): string {
	if (value !== undefined) return value;
	throw new UserError(`"${label}" is missing`, { description: 'Nothing was sent for this item.' });
}

/** The event of the one delivery that feedback can be about. @throws UserError where there is none, or more than one */
async function deliveryOf({ leadId, recipientId }: FeedbackInput, send: Send): Promise<string> {
	const filters = {
		types: ['recipient'],
		outcomes: ['success'],
		leadId: required(leadId, 'Lead ID'),
		...(recipientId ? { recipientId } : {}),
	};
	const events = await newestEvents(filters, send, MAX_RECIPIENTS);
	if (events.length === 1) return String(events[0].id);
	if (events.length === 0) {
		throw new UserError('No successful delivery of this lead was found', {
			description:
				'Nothing was sent. Feedback is about a delivery to a recipient; events are kept for 90 days.',
		});
	}
	const named = events.map((event) => {
		const { recipientName, eventId } = simplifyEvent(event);
		return `${String(recipientName ?? 'unnamed')} (event ${String(eventId)})`;
	});
	throw new UserError('This lead was delivered more than once', {
		description: `Nothing was sent. Enter the Recipient ID, or the Event ID of one delivery: ${named.join(', ')}.`,
	});
}

/** Each feedback is stored and billed, so none is sent twice (docs/vendors/activeprospect.md#feedback). */
export const send = operation({
	name: 'Send',
	value: 'send',
	action: 'Send feedback',
	description: 'Tell LeadConduit that a delivered lead is returned, or has become a customer',
	fields: [
		{
			displayName: 'About',
			name: 'about',
			type: 'options',
			options: [
				{
					name: 'Delivery by Event ID',
					value: 'event',
					description: 'The event_id that the recipient step has sent; not the ID of the lead',
				},
				{
					name: 'Delivery by Lead ID',
					value: 'lead',
					description: 'The one successful delivery of the lead, which is looked for first',
				},
			],
			default: 'event',
		},
		{
			displayName: 'Event ID',
			name: 'eventId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 66aa10f2c0ffee0011229999',
			displayOptions: { show: { about: ['event'] } },
		},
		{
			displayName: 'Lead ID',
			name: 'leadId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 66aa10f2c0ffee0011223344',
			displayOptions: { show: { about: ['lead'] } },
		},
		{
			displayName: 'Recipient ID',
			name: 'recipientId',
			type: 'string',
			default: '',
			description: 'Which recipient, if the lead was delivered to several',
			displayOptions: { show: { about: ['lead'] } },
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Conversion', value: 'conversion', description: 'The lead has become a customer' },
				{ name: 'Return', value: 'return', description: 'The lead is not wanted' },
			],
			default: 'return',
		},
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			placeholder: 'e.g. disconnected number',
			description: 'Short and always in the same words: reports count by it',
		},
	],
	input,
	safety: 'nonIdempotent',
	orderingKey: (asked) => asked.eventId ?? asked.leadId,
	run: async (asked, sendRequest) => {
		const eventId =
			asked.about === 'event' ? required(asked.eventId, 'Event ID') : await deliveryOf(asked, sendRequest);
		const answer = await sendRequest({
			method: 'POST',
			path: ['feedback'],
			query: { event_id: eventId },
			body: withoutEmpty({ type: asked.type, reason: asked.reason }),
			authenticate: false,
		});
		return { ...(answer as IDataObject), eventId };
	},
	simplify: ({ eventId, outcome, reason, price, lead }) =>
		withoutEmpty({ eventId, leadId: (lead as IDataObject | undefined)?.id, outcome, reason, price }),
	advice: {
		404: 'Check the event ID: it is that of a recipient step, not that of the lead. Events are kept for 90 days.',
		409: 'This recipient takes no feedback. Turn it on for the step in LeadConduit.',
	},
});
