import { UserError, type IDataObject } from 'n8n-workflow';
import type { Send } from '../shared/transport/transport';
import type { WebhookApi } from '../shared/webhook/lifecycle';
import { ALL_EVENTS } from '../shared/webhook/properties';
import { isRegisteredManually, registrationChoice } from '../shared/webhook/registrationChoice';
import type { WebhookRegistration } from '../shared/webhook/registration';
import { recordIn, recordsIn } from './answer';
import { eventNames } from './events';

export const SUBSCRIPTIONS = ['webhooks', 'subscriptions'];

/** What a person can do when Sparx does not let a key manage webhooks (docs/vendors/sparx.md, Authentication). */
export const NEEDS_ADMIN =
	'Sparx lets only admins manage webhook subscriptions, and API keys are editors. Have an admin of the account make the subscription, enter its signing secret in the credential, and set Registration to "Made by an Admin".';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Sparx delivers to public https addresses (docs/vendors/sparx.md, Webhook subscriptions). @throws UserError for any other */
export function checkedUrl(url: string): string {
	const { protocol, hostname } = new URL(url);
	if (protocol === 'https:' || LOOPBACK.includes(hostname)) return url;
	throw new UserError('Sparx delivers events to https addresses only', {
		description: `This n8n calls itself ${url}. Set its WEBHOOK_URL to a public https address.`,
	});
}

/** The secret, whichever way it is spelled (docs/vendors/sparx.md, Webhook subscriptions). */
function secretOf({ signingSecret, signing_secret }: IDataObject): string | undefined {
	return (signingSecret ?? signing_secret) as string | undefined;
}

/**
 * Sparx's API for webhooks (docs/vendors/sparx.md, Webhook subscriptions).
 * @param name what the subscription is called in Sparx; 120 characters at most
 */
function webhookApi(send: Send, name: string): WebhookApi {
	return {
		makesSecret: true,
		list: async () =>
			recordsIn(await send({ method: 'GET', path: SUBSCRIPTIONS })).map(({ id, url, events }) => ({
				id: String(id),
				url: String(url),
				events: (events ?? []) as string[],
			})),
		create: async (url, events) => {
			const body = { name: name.slice(0, 120), url: checkedUrl(url), events };
			const made = recordIn(await send({ method: 'POST', path: SUBSCRIPTIONS, body }));
			return { id: String(made.id), secret: secretOf(made) };
		},
		update: async (id, events) => {
			await send({ method: 'PATCH', path: [...SUBSCRIPTIONS, id], body: { events } });
		},
		remove: async (id) => {
			await send({ method: 'DELETE', path: [...SUBSCRIPTIONS, id] });
		},
	};
}

const BY_ADMIN =
	'An admin of the Sparx account makes the subscription: its URL is the production URL of this trigger, its events are those that you want. Enter the signing secret, which Sparx shows once, in the credential.';

/** The trigger has a subscription of its own, unless an admin made it. All events are those that can be subscribed to. */
export const registration: WebhookRegistration = {
	fields: registrationChoice(
		'This trigger makes and removes its subscription; the API key needs the right to',
		{
			name: 'Made by an Admin',
			description: 'Somebody made the subscription in Sparx; this trigger only receives',
			notice: BY_ADMIN,
			noticeName: 'registrationNotice',
		},
	),
	advice: { 403: NEEDS_ADMIN },
	events: (wanted) => (wanted.includes(ALL_EVENTS) ? eventNames : wanted),
	api: ({ context, send }) =>
		isRegisteredManually(context)
			? undefined
			: webhookApi(send, `n8n: ${context.getWorkflow().name ?? 'workflow'}`),
};
