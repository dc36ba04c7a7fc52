import type { IDataObject } from 'n8n-workflow';
import type { Send } from '../shared/transport/transport';
import type { RegisteredWebhook, WebhookApi } from '../shared/webhook/lifecycle';
import { ALL_EVENTS } from '../shared/webhook/properties';
import type { WebhookRegistration } from '../shared/webhook/registration';
import { eventOptions } from './eventOptions';
import { cursorList } from './lists';
import { toApiFields, paths, unwrap } from './vendor';

/** What a person can do when Leadiosa refuses a registration. */
const REGISTRATION_ADVICE = {
	400: 'Leadiosa sends events to public https addresses only. Check that the webhook URL of this n8n (WEBHOOK_URL) is one.',
	403: 'The API token may not manage webhooks: use a token of an owner in the credential "Leadiosa API".',
	422: 'Leadiosa sends events to public https addresses only. Check that the webhook URL of this n8n (WEBHOOK_URL) is one.',
};

/** A choice of events in one form: all events, however they were chosen, are one entry. */
export function chosenEvents(events: string[] = []): string[] {
	const isAll =
		events.length === 0 ||
		events.includes(ALL_EVENTS) ||
		eventOptions.every(({ value }) => events.includes(String(value)));
	return isAll ? [ALL_EVENTS] : events;
}

function registered({ id, url, events }: IDataObject): RegisteredWebhook {
	return { id: String(id), url: String(url), events: chosenEvents(events as string[] | undefined) };
}

/**
 * Leadiosa's API for webhooks (docs/vendors/leadiosa.md#registration). It changes none: another choice of events takes
 * another webhook.
 */
function webhookApi(send: Send, hasStatedSecret: boolean): WebhookApi {
	return {
		makesSecret: true,
		hasStatedSecret,
		list: async () => {
			const found: RegisteredWebhook[] = [];
			for await (const page of cursorList(() => ({ path: paths.webhooks })).pages({}, send, Infinity)) {
				page.forEach((webhook) => found.push(registered(webhook)));
			}
			return found;
		},
		create: async (url, events) => {
			const body = toApiFields({ url, events: events.includes(ALL_EVENTS) ? [] : events });
			const { id, secret } = unwrap(await send({ method: 'POST', path: paths.webhooks, body }));
			return { id: String(id), secret: secret as string | undefined };
		},
		remove: async (id) => {
			await send({ method: 'DELETE', path: [...paths.webhooks, id] });
		},
	};
}

/** The trigger registers itself. Where Leadiosa gives no secret after all, the user can state it in the credential. */
export const registration: WebhookRegistration = {
	fields: [],
	advice: REGISTRATION_ADVICE,
	events: chosenEvents,
	api: ({ send, credential }) => webhookApi(send, Boolean(credential.webhookSecret)),
};
