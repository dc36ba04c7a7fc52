import { Refusal } from '../refusal.mts';
import type { Account } from '../vendor.mts';
import type { ActiveProspectState, Event } from './state.mts';

interface Rule {
	lhv: string;
	op: string;
	rhv?: unknown;
}

export type EventQuery = Record<string, unknown>;

const PARAMETERS = ['after_id', 'before_id', 'start', 'end', 'rules', 'include', 'exclude', 'limit', 'sort'];

const at = (event: Event, path: string) =>
	path
		.split('.')
		.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], event);

function holds({ lhv, op, rhv }: Rule, event: Event, spelling: string): boolean {
	const value = at(event, lhv);
	const text = value === undefined || value === null ? '' : String(value);
	const operators: Record<string, () => boolean> = {
		'is equal to': () => text.toLowerCase() === String(rhv).toLowerCase(),
		'is not equal to': () => text.toLowerCase() !== String(rhv).toLowerCase(),
		'is less than': () => Number(value) < Number(rhv),
		'is greater than': () => Number(value) > Number(rhv),
		[`is less than ${spelling}`]: () => Number(value) <= Number(rhv),
		[`is greater than ${spelling}`]: () => Number(value) >= Number(rhv),
		'is blank': () => text === '',
		'is not blank': () => text !== '',
		'is true': () => value === true,
		'is false': () => value === false,
		'is included in': () => Array.isArray(rhv) && rhv.map(String).includes(text),
		includes: () => text.includes(String(rhv)),
		'does not include': () => !text.includes(String(rhv)),
	};
	const operator = operators[op];
	if (!operator) throw new Refusal(400, `unknown operator: ${op}`);
	return operator();
}

function timeOf(value: unknown, name: string): number | undefined {
	if (value === undefined) return undefined;
	const time = Date.parse(String(value));
	if (Number.isNaN(time)) throw new Refusal(400, `${name} must be a date-time`);
	return time;
}

/** Events of an account (docs/vendors/activeprospect.md#events): by id, newest first unless asked otherwise. */
export function findEvents(state: ActiveProspectState, account: Account, query: EventQuery): object[] {
	const unknown = Object.keys(query).find((name) => !PARAMETERS.includes(name));
	if (unknown) throw new Refusal(400, `unknown parameter: ${unknown}`);
	if (query.include !== undefined && query.exclude !== undefined)
		throw new Refusal(400, 'include and exclude are mutually exclusive');
	const limit = Number(query.limit ?? 100);
	if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
		throw new Refusal(400, 'limit must be 1 to 1000');
	const { sort = 'desc', rules = [] } = query;
	if (sort !== 'asc' && sort !== 'desc') throw new Refusal(400, 'sort must be asc or desc');
	if (!Array.isArray(rules)) throw new Refusal(400, 'rules must be an array');
	const [start, end] = [timeOf(query.start, 'start'), timeOf(query.end, 'end')];
	const spelling = state.context.settings.ruleSpelling;
	const found = state.events
		.filter(
			(event) =>
				event.accountId === account.id &&
				(query.after_id === undefined || event.id > String(query.after_id)) &&
				(query.before_id === undefined || event.id < String(query.before_id)) &&
				(start === undefined || event.start_timestamp >= start) &&
				(end === undefined || event.start_timestamp <= end) &&
				(rules as Rule[]).every((rule) => holds(rule, event, spelling)),
		)
		.sort((one, other) => (one.id < other.id ? -1 : 1));
	if (sort === 'desc') found.reverse();
	return found.slice(0, limit).map(printEvent);
}

export function printEvent(event: Event): object {
	return Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'accountId'));
}

/** Counts (docs/vendors/activeprospect.md#statistics): the default window is today only. */
export function statistics(state: ActiveProspectState, account: Account, query: EventQuery): object[] {
	const columns = [query.column ?? 'source-submitted'].flat().map(String);
	const groups = [query.group_by ?? []].flat().map(String);
	const now = state.context.clock.now();
	const start = timeOf(query.start, 'start') ?? now - (now % 86_400_000);
	const end = timeOf(query.end, 'end') ?? now;
	const rows = new Map<string, Record<string, unknown>>();
	for (const event of state.events) {
		if (event.accountId !== account.id || event.start_timestamp < start || event.start_timestamp > end)
			continue;
		const group = groups.map((path) => [path, at(event, path)] as const);
		const key = JSON.stringify(group);
		const row = rows.get(key) ?? {
			...Object.fromEntries(group),
			...Object.fromEntries(columns.map((name) => [name, 0])),
		};
		for (const column of columns) {
			const [kind, outcome] = column.split('-');
			if (event.type === kind && (outcome === 'submitted' || event.outcome === outcome))
				row[column] = Number(row[column]) + 1;
		}
		rows.set(key, row);
	}
	return [...rows.values()];
}
