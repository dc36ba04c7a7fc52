import type { INodePropertyOptions } from 'n8n-workflow';

/** The events that Leadiosa sends (docs/vendors/leadiosa.md#events). */
export const eventOptions: INodePropertyOptions[] = [
	{
		name: 'AI Handoff',
		value: 'ai.handoff',
		description: 'The AI has handed a conversation over to a human',
	},
	{ name: 'Contact Created', value: 'contact.created', description: 'A new contact exists' },
	{ name: 'Contact Erased', value: 'contact.erased', description: 'A contact was erased for good (GDPR)' },
	{
		name: 'Contact Identified',
		value: 'contact.identified',
		description: 'An anonymous contact is now known',
	},
	{
		name: 'Conversation Assigned',
		value: 'conversation.assigned',
		description: 'An operator has taken or got a conversation',
	},
	{
		name: 'Conversation Created',
		value: 'conversation.created',
		description: 'A visitor has opened a conversation',
	},
	{
		name: 'Conversation Reopened',
		value: 'conversation.reopened',
		description: 'A message came in a resolved conversation',
	},
	{ name: 'Conversation Resolved', value: 'conversation.resolved', description: 'A conversation was closed' },
	{
		name: 'Message Created',
		value: 'message.created',
		description:
			'A message was sent; those of visitors only, unless the option "Message Senders" says otherwise',
	},
	{
		name: 'Operator Offline',
		value: 'operator.offline',
		description: 'An operator has signed out or gone away',
	},
	{
		name: 'Operator Online',
		value: 'operator.online',
		description: 'An operator has signed in or come back',
	},
];
