import { jsonAnswer, type Answer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import { announce } from './events.mts';
import { CodedRefusal } from './errors.mts';
import { checkLead, checkMembers, invalid } from './fields.mts';
import type { Flow } from './flows.mts';
import { takeLead } from './intake.mts';
import { printSubmission } from './leads.mts';
import type { LeadConduitState } from './state.mts';

const CERTIFICATE = /^https:\/\/cert\.trustedform\.com\/\w+$/;

/** One lead (docs/vendors/leadconduit.md#submit). */
export function submitLead(state: LeadConduitState, flow: Flow, body: unknown): Answer {
	const { settings, statistics, clock } = state.context;
	const members = checkMembers(body, 'body', ['lead', 'trusted_form_cert_url', 'options'], settings);
	const options = readOptions(state, members.options ?? {}, {
		test_mode: 'boolean',
		async: 'boolean',
		timeout: 'number',
	});
	checkCertificate(state, members.trusted_form_cert_url);
	const { lead: fields } = members;
	checkLead(fields, flow, settings);

	statistics.countWrite('receive', String(fields.email));
	const lead = takeLead(state, { flow, fields, at: clock.now(), testMode: options.test_mode === true });
	announce(state, lead);
	return jsonAnswer(201, printSubmission(lead, options.async === true));
}

/** Many leads in one request (docs/vendors/leadconduit.md#batch). */
export function submitBatch(state: LeadConduitState, flow: Flow, body: unknown): Answer {
	const { settings, statistics } = state.context;
	const members = checkMembers(body, 'body', ['leads', 'options'], settings);
	const options = readOptions(state, members.options ?? {}, {
		continue_on_error: 'boolean',
		max_concurrent: 'number',
	});
	const entries = readEntries(state, members.leads);

	const results = [];
	for (const { externalId, lead } of entries) {
		statistics.countWrite('receive', externalId);
		const result = submitOfBatch(state, flow, externalId, lead);
		results.push(result);
		if (result.status === 'error' && options.continue_on_error === false) break;
	}
	const failed = results.filter(({ status }) => status === 'error').length;
	return jsonAnswer(207, {
		batch_id: state.freshId('batch'),
		total_leads: entries.length,
		successful: results.length - failed,
		failed,
		...(settings.batchResults === 'listed' && {
			// Not in the order of the request: whoever maps back by position is found out.
			results: results.filter(({ external_id: id }) => !settings.withholdResults.includes(id)).reverse(),
		}),
	});
}

function submitOfBatch(state: LeadConduitState, flow: Flow, externalId: string, fields: unknown) {
	const { settings, clock } = state.context;
	try {
		checkLead(fields, flow, settings);
		const lead = takeLead(state, { flow, fields, at: clock.now(), testMode: false });
		announce(state, lead);
		if (lead.status === 'rejected') {
			throw new CodedRefusal(422, 'lead_rejected', lead.events[0].reason ?? 'rejected');
		}
		return { external_id: externalId, status: 'success', lead_id: lead.id, quality_score: lead.quality };
	} catch (error) {
		if (!(error instanceof CodedRefusal)) throw error;
		const [detail] = error.details;
		const message = detail ? `${error.message}: ${detail.message}` : error.message;
		return { external_id: externalId, status: 'error', error: { code: error.code, message } };
	}
}

function readEntries(state: LeadConduitState, leads: unknown): Array<{ externalId: string; lead: unknown }> {
	const { settings } = state.context;
	const refuse = (field: string, code: string, message: string) =>
		invalid(message, [{ field, code, message }], settings);
	if (!Array.isArray(leads) || leads.length === 0) {
		throw refuse('leads', 'invalid_type', 'leads must be a list with at least one lead');
	}
	if (settings.maxBatchSize !== null && leads.length > settings.maxBatchSize) {
		throw new Refusal(413, `a batch holds at most ${settings.maxBatchSize} leads`);
	}
	const seen = new Set<string>();
	return leads.map((entry, index) => {
		const { external_id: externalId, lead } = checkMembers(
			entry,
			`leads[${index}]`,
			['external_id', 'lead'],
			settings,
		);
		const field = `leads[${index}].external_id`;
		if (typeof externalId !== 'string' || externalId === '') {
			throw refuse(field, 'missing_required', 'external_id must be a text');
		}
		if (seen.has(externalId)) throw refuse(field, 'not_unique', 'external_id comes twice');
		seen.add(externalId);
		return { externalId, lead };
	});
}

function readOptions(
	state: LeadConduitState,
	given: unknown,
	types: Record<string, 'boolean' | 'number'>,
): Record<string, unknown> {
	const { settings } = state.context;
	const options = checkMembers(given, 'options', Object.keys(types), settings);
	const details = Object.entries(options)
		.filter(
			([name, value]) =>
				typeof value !== types[name] ||
				(typeof value === 'number' && !(Number.isInteger(value) && value > 0)),
		)
		.map(([name]) => ({
			field: `options.${name}`,
			code: 'invalid_type',
			message: `${name} has the wrong type`,
		}));
	if (details.length > 0) throw invalid('The options are not valid', details, settings);
	return options;
}

function checkCertificate(state: LeadConduitState, url: unknown): void {
	const { settings } = state.context;
	if (url === undefined || !settings.checkCertificates) return;
	if (typeof url === 'string' && CERTIFICATE.test(url)) return;
	const field = 'trusted_form_cert_url';
	const message = 'it is not the address of a TrustedForm certificate';
	throw invalid(message, [{ field, code: 'invalid_format', message }], settings);
}
