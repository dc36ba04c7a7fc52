import { Refusal } from '../refusal.mts';
import type { VendorContext } from '../vendor.mts';
import { emitEvent } from './events.mts';
import { checkObject } from './fields.mts';
import type { Call, Lead } from './leads.mts';
import type { SparaSettings } from './settings.mts';

const modes: Call['mode'][] = ['live', 'qa'];

/**
 * Queues a call; it ends, and its event is delivered, `callDurationMs` later. Refusals as in
 * docs/vendors/spara.md#calls.
 */
export function queueCall(context: VendorContext<SparaSettings>, lead: Lead, body: unknown): void {
	const { settings, statistics, schedule, clock } = context;
	const { agentId, mode } = readCall(body);
	checkAgent(lead, agentId, settings.unknownAgentStatus);
	const phoneNumber = lead.data.phone_number;
	if (!phoneNumber) throw new Refusal(400, 'The lead has no phone number');

	statistics.countWrite('call', lead.id);
	if (mode === 'live') statistics.countWrite('ring', String(phoneNumber));
	const startedAt = clock.now();
	schedule.after(settings.callDurationMs, async () => {
		const call = { startedAt, endedAt: clock.now(), mode, summary: 'Asked about pricing.' };
		lead.calls.push(call);
		await emitEvent(context, 'voice_call.ended', lead, { call });
	});
}

function readCall(body: unknown): { agentId: string; mode: Call['mode'] } {
	const { voice_agent_id: agentId, call_mode: mode = 'live', ...unknown } = checkObject(body);
	const [field] = Object.keys(unknown);
	if (field !== undefined) throw new Refusal(400, `Unknown field '${field}'`, { field });
	if (typeof agentId !== 'string' || agentId === '') {
		throw new Refusal(400, "Field 'voice_agent_id' is required", { field: 'voice_agent_id' });
	}
	const known = modes.find((candidate) => candidate === mode);
	if (!known) throw new Refusal(400, "Field 'call_mode' must be 'live' or 'qa'", { field: 'call_mode' });
	return { agentId, mode: known };
}

function checkAgent({ organisation }: Lead, agentId: string, unknownAgentStatus: number): void {
	const agent = organisation.agents.find(({ id }) => id === agentId);
	if (!agent) throw new Refusal(unknownAgentStatus, 'No such Voice agent');
	if (!agent.published) throw new Refusal(400, 'The Voice agent is not published');
	if (!agent.phoneNumber) throw new Refusal(400, 'The Voice agent has no phone number');
}
