import { UserError } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { checkedUrl, NEEDS_ADMIN, SUBSCRIPTIONS } from '../../webhooks';
import { fieldCollection } from '../fields';
import { allEvents, subscriptionFields, subscriptionInput } from './data';
import { subscriptionId } from './subscriptionId';

/** Source: docs/vendors/sparx.md, Webhook subscriptions. */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update webhook subscription',
	description: 'Change the URL, the events or the name of a subscription, or pause it',
	fields: [
		subscriptionId,
		fieldCollection('Update Fields', 'updateFields', 'Add field', Object.values(subscriptionFields)),
	],
	input: z.object({ subscriptionId: id, updateFields: z.object(subscriptionInput).partial().default({}) }),
	safety: 'idempotent',
	orderingKey: (input) => input.subscriptionId,
	request: ({ subscriptionId: subscription, updateFields }) => {
		const { name, url, active } = updateFields;
		const events = allEvents(updateFields);
		const body = {
			...(name === undefined ? {} : { name }),
			...(url === undefined ? {} : { url: checkedUrl(url) }),
			...(events.length === 0 ? {} : { events }),
			...(active === undefined ? {} : { active }),
		};
		if (Object.keys(body).length === 0)
			throw new UserError('There is nothing to update: no field has a value');
		return { method: 'PATCH', path: [...SUBSCRIPTIONS, subscription], body };
	},
	output: recordIn,
	advice: { 403: NEEDS_ADMIN },
});
