import { CodedRefusal } from './errors.mts';
import { normalised, type LeadFields } from './fields.mts';
import type { Flow } from './flows.mts';
import type { Lead, LeadEvent } from './leads.mts';
import type { LeadConduitState } from './state.mts';

export interface Submission {
	flow: Flow;
	fields: LeadFields;
	/** Clock ms. */
	at: number;
	testMode: boolean;
}

/**
 * Takes one valid lead: refuses a duplicate with 409, rejects or delivers the rest
 * (docs/vendors/leadconduit.md#submit).
 */
export function takeLead(state: LeadConduitState, { flow, fields, at, testMode }: Submission): Lead {
	const { random } = state.context;
	if (!testMode && state.isKnown(flow, String(fields.email))) {
		throw new CodedRefusal(409, 'duplicate_detected', 'already present');
	}
	const isAccepted = !flow.states || flow.states.includes(String(fields.state));
	const lead: Lead = {
		id: state.freshId('lead'),
		flowId: flow.id,
		accountId: flow.accountId,
		createdAt: at,
		updatedAt: at + 2000,
		status: isAccepted ? (testMode ? 'accepted' : 'delivered') : 'rejected',
		data: normalised(fields),
		testMode,
		quality: 0.5 + random.integer(50) / 100,
		...(isAccepted && { price: 12.5 }),
		events: history(state, at, isAccepted, testMode),
	};
	state.file(lead, flow);
	return lead;
}

function history(state: LeadConduitState, at: number, isAccepted: boolean, testMode: boolean): LeadEvent[] {
	const event = (type: string, delayMs: number, details: Partial<LeadEvent> = {}): LeadEvent => ({
		id: state.freshId('event'),
		type,
		at: at + delayMs,
		outcome: 'success',
		...details,
	});
	if (!isAccepted) {
		return [event('received', 0, { outcome: 'failure', reason: 'state is not in the acceptance criteria' })];
	}
	const taken = [event('received', 0), event('enhanced', 1000, { enhancements: ['email_validation'] })];
	return testMode ? taken : [...taken, event('delivered', 2000, { recipient: 'crm_main' })];
}
