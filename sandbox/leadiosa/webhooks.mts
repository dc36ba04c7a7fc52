import { randomBytes } from 'node:crypto';
import { loopbackHosts } from '../delivery/endpoints.mts';
import { Refusal } from '../refusal.mts';
import { bodies, readBody } from './bodies.mts';
import { envelope, eventNames } from './events.mts';
import type { LeadiosaState } from './state.mts';
import type { Webhook, Workspace } from './workspace.mts';

/** How deliveries are signed in each dialect (docs/vendors/leadiosa.md#signature). */
const signatures = {
	documented: { header: 'x-leadiosa-signature', prefix: '' },
	dev: { header: 'x-signature-256', prefix: 'sha256=' },
};

/** As the API shows a webhook: never with its secret (docs/vendors/leadiosa.md#registration). */
export const printWebhook = ({ id, url, events, created_at }: Webhook) => ({
	id,
	url,
	events: events ?? [...eventNames],
	created_at,
});

/** Registers a webhook and tries it out. Public https is what the vendor wants; a fake serves loopback only. */
export async function createWebhook(state: LeadiosaState, workspace: Workspace, given: unknown) {
	const { settings, deliveries, schedule } = state.context;
	const { url, events } = readBody(bodies.webhook, given);
	if (!loopbackHosts.includes(new URL(url).hostname))
		throw new Refusal(400, "'url': must be reachable (here: loopback).", { field: 'url' });
	const unknown = events?.find((event) => !(eventNames as readonly string[]).includes(event));
	if (unknown) throw new Refusal(400, `'events': there is no event '${unknown}'.`, { field: 'events' });

	const secret = settings.sharedSecret ?? `whsec_${randomBytes(18).toString('hex')}`;
	const authentication = {
		kind: 'hmac' as const,
		encoding: 'hex' as const,
		secret,
		...signatures[settings.dialect],
	};
	const { id: endpointId } = deliveries.endpoints.register({
		account: workspace.id,
		url,
		events,
		authentication,
	});
	const webhook = workspace.webhooks.add({
		id: state.freshId('wh'),
		url,
		events,
		created_at: state.now(),
		endpointId,
		secret,
	});
	const ping = async () => await sendPing(state, workspace, webhook);
	if (settings.ping === 'before-reply') await ping();
	if (settings.ping === 'after-reply') schedule.after(0, ping);
	return { ...printWebhook(webhook), ...(settings.secretInReply ? { secret } : {}) };
}

async function sendPing(
	state: LeadiosaState,
	workspace: Workspace,
	{ id, endpointId }: Webhook,
): Promise<void> {
	const { settings, deliveries } = state.context;
	const ping =
		settings.pingBody === 'empty' ? { headers: {}, body: '' } : envelope(state, workspace, 'ping', {});
	await deliveries.emit({
		account: workspace.id,
		event: 'ping',
		subject: id,
		variant: settings.pingBody === 'signed' ? 'genuine' : 'unsigned',
		endpointId,
		compose: () => ping,
	});
}

export function removeWebhook(state: LeadiosaState, workspace: Workspace, id: string): void {
	state.context.deliveries.endpoints.remove(workspace.webhooks.remove(id).endpointId);
}
