import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { simplifyEvent } from '../../lead';

export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get event',
	description: 'Retrieve one event, such as the delivery of a lead to a recipient',
	fields: [
		{
			displayName: 'Event ID',
			name: 'eventId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 66aa10f2c0ffee0011229999',
		},
	],
	input: z.object({ eventId: id }),
	safety: 'safe',
	request: (input) => ({ method: 'GET', path: ['events', input.eventId] }),
	simplify: simplifyEvent,
});
