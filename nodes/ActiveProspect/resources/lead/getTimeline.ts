import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { eventPages } from '../../eventQuery';
import { simplifyEvent } from '../../lead';
import { recordId } from '../../lists';
import { leadId } from '../pickers';

/** All that happened to a lead, oldest first (docs/vendors/activeprospect.md#events). */
export const getTimeline = operation({
	name: 'Get Timeline',
	value: 'getTimeline',
	action: 'Get timeline of lead',
	description: 'Retrieve all events of one lead, oldest first: its steps, its outcome and its feedback',
	fields: [leadId],
	input: z.object({ leadId: id }),
	safety: 'safe',
	list: {
		pages: (input, send, limit) => eventPages({ leadId: input.leadId }, 'asc', send, limit),
		recordId,
	},
	simplify: simplifyEvent,
});
