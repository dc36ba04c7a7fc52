import { idField } from '../fields';

export const subscriptionId = idField(
	'Subscription ID',
	'subscriptionId',
	'The ID of the webhook subscription',
);
