import type { IHookFunctions } from 'n8n-workflow';
import { ALL_EVENTS } from '../shared/webhook/properties';
import { registration, type Registration } from '../shared/webhook/registration';
import { sparkLoop } from './vendor';
import { registrableEvents, webhookApi, WHERE_TO_REGISTER } from './webhooks';

const REFUSED = `SparkLoop did not register the URL; it takes only addresses that start with https:// and can be reached from the internet. You can also set Registration to "By Hand" and add the URL ${WHERE_TO_REGISTER}.`;

/**
 * The trigger's registration. Nothing is registered for a person who does it by hand, nor where every event chosen
 * needs the dashboard.
 */
export function triggerRegistration(context: IHookFunctions): Registration {
	const isByHand = context.getNodeParameter('registration', 'automatic') === 'manual';
	const wanted = registrableEvents(context.getNodeParameter('events', [ALL_EVENTS]) as string[]);
	return registration(
		context,
		sparkLoop,
		(send) => (isByHand || wanted.length === 0 ? undefined : webhookApi(send)),
		wanted,
		{ 400: REFUSED, 403: REFUSED, 404: REFUSED, 422: REFUSED },
	);
}
