import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { DeliveryAttempt, DeliveryEngine, Emission } from '../delivery/engine.mts';
import type { Subscription } from './records.mts';
import type { subscriptionCreate, subscriptionUpdate } from './schemas.mts';
import type { Tenant } from './tenant.mts';

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

/** Each subscription is an account of its own for the delivery engine: a delivery's id is per subscription. */
const engineAccount = ({ tenantId, id }: Subscription) => `${tenantId}/${id}`;

/** Makes the delivery engine follow a subscription: its address, events, and whether it is active. */
function connect(deliveries: DeliveryEngine, subscription: Subscription): void {
	disconnect(deliveries, subscription);
	const { active, url, events, secret } = subscription;
	// Only loopback: a fake must not send anything off the machine.
	if (!active || !loopbackHosts.includes(new URL(url).hostname)) return;
	const endpoint = deliveries.endpoints.register({
		account: engineAccount(subscription),
		url,
		events,
		authentication: { kind: 'hmac', header: 'X-Sparx-Signature', secret, encoding: 'hex', prefix: 'sha256=' },
	});
	subscription.endpointId = endpoint.id;
}

function disconnect(deliveries: DeliveryEngine, subscription: Subscription): void {
	if (subscription.endpointId !== undefined) deliveries.endpoints.remove(subscription.endpointId);
	delete subscription.endpointId;
}

export function createSubscription(
	tenant: Tenant,
	input: z.output<ReturnType<typeof subscriptionCreate>>,
	deliveries: DeliveryEngine,
): Subscription {
	const now = tenant.now();
	const subscription: Subscription = {
		id: tenant.uuid(),
		tenantId: tenant.id,
		...input,
		secret: `whsec_${tenant.digits(64)}`,
		createdAt: now,
		updatedAt: now,
	};
	tenant.subscriptions.set(subscription.id, subscription);
	connect(deliveries, subscription);
	return subscription;
}

export function updateSubscription(
	tenant: Tenant,
	subscription: Subscription,
	input: z.output<ReturnType<typeof subscriptionUpdate>>,
	deliveries: DeliveryEngine,
): Subscription {
	Object.assign(subscription, input, { updatedAt: tenant.now() });
	connect(deliveries, subscription);
	return subscription;
}

export function deleteSubscription(
	tenant: Tenant,
	subscription: Subscription,
	deliveries: DeliveryEngine,
): void {
	disconnect(deliveries, subscription);
	tenant.subscriptions.delete(subscription.id);
}

export interface SparxEvent {
	type: string;
	data: Record<string, unknown>;
	variant: Emission['variant'];
}

/** Delivers one event to all of a tenant's subscriptions; gives the first attempts. */
export async function emitEvent(
	tenant: Tenant,
	event: SparxEvent,
	deliveries: DeliveryEngine,
): Promise<DeliveryAttempt[]> {
	const { type, data, variant } = event;
	const sent = [...tenant.subscriptions.values()].map(async (subscription) => {
		const id = randomUUID();
		return await deliveries.emit({
			account: engineAccount(subscription),
			event: type,
			subject: String(Object.values(data)[0]),
			variant,
			compose: () => ({
				headers: { 'x-sparx-event': type, 'x-sparx-delivery': id },
				// Stamped anew for each attempt.
				body: JSON.stringify({ id, type, tenant_id: tenant.id, data, delivered_at: tenant.now() }),
			}),
		});
	});
	return (await Promise.all(sent)).flat();
}

/** The newest genuine delivery of a type to each subscription again, byte for byte. */
export async function repeatEvent(
	tenant: Tenant,
	type: string,
	deliveries: DeliveryEngine,
): Promise<DeliveryAttempt[]> {
	const subscriptions = [...tenant.subscriptions.values()].filter(
		({ endpointId }) => endpointId !== undefined,
	);
	return await Promise.all(
		subscriptions.map(async (subscription) => await deliveries.repeat(engineAccount(subscription), type)),
	);
}
