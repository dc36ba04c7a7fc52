import { createHash } from 'node:crypto';
import { jsonAnswer, type Answer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import type { VendorRequest } from '../vendor.mts';
import type { ActiveProspectState } from './state.mts';

/** Trimmed, in lower case and as MD5; one that is a digest already stays (docs/vendors/activeprospect.md#suppression-lists). */
function keyOf(value: string): string {
	const plain = value.trim().toLowerCase();
	return /^[0-9a-f]{32}$/.test(plain) ? plain : createHash('md5').update(plain).digest('hex');
}

function listOf(state: ActiveProspectState, name: string): Map<string, string> {
	const list = state.lists.get(name);
	if (!list) throw new Refusal(404, 'List not found');
	return list;
}

function valuesOf(body: unknown): string[] {
	const { values } = (body ?? {}) as { values?: unknown };
	const given = typeof values === 'string' ? values.split('|') : values;
	if (!Array.isArray(given)) throw new Refusal(422, 'values is required');
	return given.map(String);
}

export const lists = (state: ActiveProspectState) =>
	[...state.lists.keys()].map((name, index) => ({
		id: `66aa10f2c0ffee01${index.toString(16).padStart(8, '0')}`,
		name: name.replaceAll('_', ' '),
		url_name: name,
		ttl: null,
	}));

export function add(state: ActiveProspectState, { params, body }: VendorRequest): Answer {
	const list = listOf(state, params.list);
	const { timestamp } = (body ?? {}) as { timestamp?: unknown };
	if (timestamp !== undefined && Number.isNaN(Date.parse(String(timestamp))))
		throw new Refusal(422, 'timestamp is invalid');
	const values = valuesOf(body);
	const added = values.filter((value) => value.trim() !== '');
	for (const value of added) list.set(keyOf(value), new Date(state.context.clock.now()).toISOString());
	return jsonAnswer(200, { accepted: added.length, rejected: values.length - added.length });
}

export function remove(state: ActiveProspectState, { params, body }: VendorRequest): Answer {
	const list = listOf(state, params.list);
	const values = valuesOf(body);
	const deleted = values.filter((value) => list.delete(keyOf(value))).length;
	return jsonAnswer(200, { deleted, rejected: values.length - deleted });
}

/** 404 with `found` is the usual "not found"; without it a list is unknown. */
export function exists(state: ActiveProspectState, { params }: VendorRequest): Answer {
	const names = params.list.split('|');
	const key = keyOf(params.value);
	const entries = names.flatMap((name) => {
		const added = listOf(state, name).get(key);
		return added ? [{ list_url_name: name, added_at: added }] : [];
	});
	if (entries.length === 0) return jsonAnswer(404, { found: false, specified_lists: names });
	return jsonAnswer(200, {
		found: true,
		key,
		specified_lists: names,
		exists_in_lists: entries.map(({ list_url_name: name }) => name),
		entries,
	});
}
