import type { DeliveryRequest } from '../delivery/authentication.mts';
import type { DeliveryAttempt, Emission } from '../delivery/engine.mts';
import type { LeadiosaState } from './state.mts';
import type { Workspace } from './workspace.mts';

export const eventNames = [
	'conversation.created',
	'conversation.assigned',
	'conversation.resolved',
	'conversation.reopened',
	'message.created',
	'contact.created',
	'contact.identified',
	'contact.erased',
	'ai.handoff',
	'operator.online',
	'operator.offline',
] as const;

export type EventName = (typeof eventNames)[number];

const camelCase = (name: string) => name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());

/** The body and headers of an event in the dialect of the settings (docs/vendors/leadiosa.md#events). */
export function envelope(
	state: LeadiosaState,
	{ id }: Workspace,
	type: string,
	data: Record<string, unknown>,
): Pick<DeliveryRequest, 'headers' | 'body'> {
	const now = state.now();
	if (state.context.settings.dialect === 'documented') {
		const event = { id: state.freshId('evt'), type, created_at: now, workspace_id: id, data };
		return { headers: {}, body: JSON.stringify(event) };
	}
	const named = Object.fromEntries(Object.entries(data).map(([name, value]) => [camelCase(name), value]));
	const event = { event: type, timestamp: now, data: named };
	return { headers: { 'x-webhook-event': type }, body: JSON.stringify(event) };
}

/** Sends an event to the workspace's webhooks. `subject` is the id of what it is about. */
export async function emitEvent(
	state: LeadiosaState,
	workspace: Workspace,
	event: EventName,
	subject: string,
	data: Record<string, unknown>,
	variant: Emission['variant'] = 'genuine',
): Promise<DeliveryAttempt[]> {
	const delivery = envelope(state, workspace, event, data);
	return await state.context.deliveries.emit({
		account: workspace.id,
		event,
		subject,
		variant,
		compose: () => delivery,
	});
}

/** Sends an event once the request that caused it has been answered. */
export function announce(...given: Parameters<typeof emitEvent>): void {
	given[0].context.schedule.after(0, async () => await emitEvent(...given));
}
