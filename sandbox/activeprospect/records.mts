import { createHash } from 'node:crypto';
import { jsonAnswer, type Answer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import type { VendorRequest } from '../vendor.mts';
import type { Fields } from './body.mts';
import { sourceOf } from './intake.mts';
import type { ActiveProspectState, Caller, Flow, Lead } from './state.mts';

/** As the vendor shows a list: null in place of an empty one (docs/vendors/activeprospect.md#lists). */
export const listOrNull = (list: object[]) => (list.length > 0 ? list : null);

/** Reads that some plans do not include (docs/vendors/activeprospect.md#authentication). */
export function requirePlan({ account }: VendorRequest): void {
	if (!(account as Caller).hasApi) throw new Refusal(401, 'not authorized');
}

export const printFlow = ({ id, document }: Flow) => ({
	id,
	...document,
	created_at: '2026-01-05T10:00:00Z',
	updated_at: '2026-02-05T10:00:00Z',
	errors: [],
});

const WRITABLE = [
	'enabled',
	'name',
	'fields',
	'sources',
	'steps',
	'caps',
	'acceptance_criteria',
	'ping_enabled',
];
const REQUIRED = ['enabled', 'name', 'fields', 'sources', 'steps'];

/** The whole document; unknown keys are forbidden (docs/vendors/activeprospect.md#flows). */
export function putFlow(state: ActiveProspectState, flow: Flow, body: unknown): Answer {
	const document = (body ?? {}) as Fields;
	const wrong = [
		...Object.keys(document)
			.filter((key) => !WRITABLE.includes(key))
			.map((key) => `${key} is not allowed`),
		...REQUIRED.filter((key) => !(key in document)).map((key) => `${key} is required`),
	];
	if (wrong.length > 0) {
		if (state.context.settings.failedWrites === '422') throw new Refusal(422, wrong.join('; '));
		return jsonAnswer(200, { ...printFlow(flow), errors: wrong });
	}
	flow.document = structuredClone(document);
	state.context.statistics.countWrite('flow', flow.id);
	return jsonAnswer(200, printFlow(flow));
}

export function meta(state: ActiveProspectState, { params }: VendorRequest): object {
	const { settings } = state.context;
	if (!settings.offersMeta) throw new Refusal(404, 'not found');
	const flow = state.flow(params.flowId);
	const source = sourceOf(flow, params.sourceId);
	return {
		enabled: flow.live.enabled,
		account: { id: flow.accountId, name: 'Acme' },
		flow: { id: flow.id, name: flow.live.name },
		source: { ...source.entity, authentication_required: source.authentication_required },
		params: (flow.live.fields as string[]).map((name) => ({
			name,
			label: name.replaceAll('_', ' '),
			type: name === 'email' ? 'email' : 'string',
			required: 'no',
			variable: `lead.${name}`,
			examples: [],
		})),
		pingable: true,
		ping_enabled: flow.live.ping_enabled,
		updated_at: '2026-02-05T10:00:00Z',
		acceptance_criteria: flow.live.acceptance_criteria,
	};
}

const counter = (flow: Flow, name: string, count: number, maximum: number) => ({
	id: createHash('sha256').update(name).digest('hex').slice(0, 24),
	name,
	count,
	maximum,
	failed_count: 0,
	duration: 1,
	duration_units: 'day',
	flow_id: flow.id,
	time_zone: 'America/Chicago',
});

const ofFlow = (state: ActiveProspectState, { account, query }: VendorRequest) =>
	state.flows.filter(
		({ id, accountId }) => accountId === account.id && (query.flow_id === undefined || query.flow_id === id),
	);

/** Idle counters are left out. */
export const caps = (state: ActiveProspectState, request: VendorRequest) =>
	ofFlow(state, request).flatMap((flow) =>
		flow.cap && flow.count > 0 ? [counter(flow, flow.cap.name, flow.count, flow.cap.maximum)] : [],
	);

export const pingLimits = (state: ActiveProspectState, request: VendorRequest) =>
	ofFlow(state, request).flatMap((flow) =>
		flow.pingLimit && flow.pings > 0
			? [counter(flow, flow.pingLimit.name, flow.pings, flow.pingLimit.maximum)]
			: [],
	);

const hit = ({ id, flow, source, fields, at }: Lead) => ({
	lead_id: id,
	flow_id: flow.id,
	flow_name: flow.live.name,
	source_id: source.id,
	source_name: source.name,
	...fields,
	submission_timestamp: new Date(at).toISOString(),
	highlight: {},
	latest_event: {},
});

const SORTABLE = ['lead_id', 'submission_timestamp', 'first_name', 'last_name', 'email', 'reference'];

/** At most 100 in an answer and 1,000 in all (docs/vendors/activeprospect.md#search). */
export function search(state: ActiveProspectState, { account, query }: VendorRequest): object {
	const from = Number(query.from ?? 0);
	const limit = Number(query.limit ?? 10);
	if (!(limit >= 1 && limit <= 100)) throw new Refusal(400, 'limit must be 1 to 100');
	if (from + limit > 1000) throw new Refusal(400, 'at most 1,000 results can be reached');
	const sort = query.sort_by;
	if (sort !== undefined && !SORTABLE.includes(String(sort))) throw new Refusal(400, 'sort_by is not known');
	const text = String(query.query ?? '').toLowerCase();
	const words = /^".*"$/.test(text) ? [text.slice(1, -1)] : text.split(/\s+/).filter(Boolean);
	const fresh = state.context.settings.searchIsFresh;
	const found = [...state.leads.values()]
		.filter(({ accountId }) => accountId === account.id && fresh)
		.filter(({ id, fields }) => {
			const parts = [id, ...Object.values(fields).map(String)].map((part) => part.toLowerCase());
			return words.every((word) => parts.some((part) => part.startsWith(word) || part.includes(` ${word}`)));
		})
		.map(hit);
	if (sort !== undefined)
		found.sort((one, other) => {
			const [a, b] = [one, other].map((row) => String((row as Record<string, unknown>)[String(sort)] ?? ''));
			return a.localeCompare(b) * (query.sort_dir === 'desc' ? -1 : 1);
		});
	return { total: found.length, hits: found.slice(from, from + limit) };
}

export function create(
	state: ActiveProspectState,
	into: Fields[],
	body: unknown,
	required: string[],
): Answer {
	const given = (body ?? {}) as Fields;
	const missing = required.filter((key) => !(key in given));
	if (missing.length > 0) throw new Refusal(422, `${missing.join(', ')} is required`);
	const record = { id: state.freshId(), ...given, standard: false };
	into.push(record);
	state.context.statistics.countWrite('create', String(given.name));
	return jsonAnswer(201, record);
}

export function runReport(state: ActiveProspectState, { params, query }: VendorRequest): object[] {
	const report = state.reports.find(({ id }) => id === params.reportId);
	if (!report) throw new Refusal(404, 'report not found');
	if (!query.start || !query.end) throw new Refusal(400, 'start and end are required');
	return [{ 'vars.source.name': 'Web form', 'source-submitted': state.leads.size }];
}
