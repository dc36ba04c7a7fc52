import type { LeadFields } from './fields.mts';

/** ISO-8601 UTC in whole seconds, as the reference shows it. */
export const printTime = (epochMs: number) => new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');

export type LeadStatus = 'received' | 'accepted' | 'rejected' | 'delivered' | 'failed' | 'converted';

export interface LeadEvent {
	id: string;
	type: string;
	at: number;
	outcome: 'success' | 'failure';
	reason?: string;
	enhancements?: string[];
	recipient?: string;
}

export interface Lead {
	id: string;
	flowId: string;
	accountId: string;
	/** Clock ms. */
	createdAt: number;
	updatedAt: number;
	status: LeadStatus;
	data: LeadFields;
	testMode: boolean;
	quality: number;
	price?: number;
	events: LeadEvent[];
}

/**
 * The recipient of every flow; the flow's events name it as an object, a lead's as a text
 * (docs/vendors/leadconduit.md#flow-events).
 */
export const recipient = { id: 'recipient_5', name: 'CRM', type: 'http_post' };

function printEvent({ id, type, at, outcome, reason, enhancements, recipient: to }: LeadEvent) {
	return {
		id,
		type,
		timestamp: printTime(at),
		outcome,
		...(reason && { reason }),
		...(enhancements && { enhancements }),
		...(to && { recipient: to }),
	};
}

/** The answer to a submission (docs/vendors/leadconduit.md#submit). */
export function printSubmission(lead: Lead, isAsync: boolean) {
	const { id, status, flowId, createdAt, quality, price } = lead;
	return {
		id,
		status,
		flow_id: flowId,
		created_at: printTime(createdAt),
		events: lead.events.slice(0, isAsync ? 1 : undefined).map(printEvent),
		...(!isAsync && { quality_score: quality }),
		...(!isAsync && price !== undefined && { pricing: { amount: price, currency: 'USD' } }),
	};
}

/** One lead in full (docs/vendors/leadconduit.md#lead). */
export function printLead(lead: Lead) {
	const { id, flowId, createdAt, updatedAt, status, data, events, quality } = lead;
	return {
		id,
		flow_id: flowId,
		created_at: printTime(createdAt),
		updated_at: printTime(updatedAt),
		status,
		lead_data: data,
		enhancements: { email_validation: { status: 'valid', deliverable: true, quality_score: quality } },
		events: events.map(printEvent),
		quality_metrics: { overall_score: quality, completeness: 1, accuracy: quality, fraud_risk: 0.02 },
	};
}

/** A row of a search (docs/vendors/leadconduit.md#search). */
export function printSummary({ id, createdAt, status, quality, data }: Lead) {
	const { source, campaign } = data;
	return { id, created_at: printTime(createdAt), status, quality_score: quality, source, campaign };
}

/** A row of a flow's events (docs/vendors/leadconduit.md#flow-events). */
export function printFlowEvent(lead: Lead, { id, type, at, outcome, recipient: to }: LeadEvent) {
	return {
		id,
		lead_id: lead.id,
		type,
		timestamp: printTime(at),
		outcome,
		...(to && { recipient, duration_ms: 245, response_code: 200 }),
	};
}
