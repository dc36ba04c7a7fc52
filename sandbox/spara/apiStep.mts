import { request } from 'undici';
import { z } from 'zod';
import { loopbackHosts } from '../delivery/endpoints.mts';
import { Refusal } from '../refusal.mts';
import { fieldTypeOf, type Fields } from './fields.mts';
import type { Lead } from './leads.mts';

/** How long a step waits for the answer: ASSUMED, none is documented. */
const timeoutMs = 10_000;

/** A workflow's API step as a person sets it up (docs/vendors/spara.md#api-step). */
export const apiStepSchema = z
	.object({
		leadId: z.string(),
		method: z.enum(['GET', 'POST', 'PUT']).default('POST'),
		/** May hold variables, `{{ email }}`. Loopback only: a fake must not send anything off the machine. */
		url: z.string().url(),
		headers: z.record(z.string()).default({}),
		/** JSON with variables; of POST and PUT. */
		body: z.string().default('{}'),
		/** What to take of the answer. */
		fields: z
			.array(z.object({ name: z.string().regex(/^[a-z][a-z0-9_]*$/), description: z.string() }).strict())
			.default([]),
	})
	.strict();

export interface ApiStepRun {
	/** As sent: the template with its variables filled in. */
	sent: string;
	status: number;
	answer: string;
	/** What was saved as fields of the lead. */
	extracted: Fields;
}

/** Makes the step's request about a lead, and reads the answer. Whoever calls saves what was extracted. */
export async function runApiStep(
	lead: Lead,
	{ method, url, headers, body, fields }: z.output<typeof apiStepSchema>,
): Promise<ApiStepRun> {
	const target = new URL(fill(url, lead, encodeURIComponent));
	if (!loopbackHosts.includes(target.hostname)) throw new Refusal(400, 'the URL must be a loopback address');
	const sent = method === 'GET' ? '' : fill(body, lead, (value) => JSON.stringify(value).slice(1, -1));
	if (method !== 'GET' && parsed(sent) === undefined) throw new Refusal(400, 'The body must be JSON');
	const response = await request(target, {
		method,
		headers,
		...(method !== 'GET' && { body: sent }),
		signal: AbortSignal.timeout(timeoutMs),
	});
	const answer = await response.body.text();
	return { sent, status: response.statusCode, answer, extracted: extract(parsed(answer), fields) };
}

/** Fills in variables: the lead's fields by their names, and `lead_id`. One without a value leaves nothing. */
function fill(template: string, { id, data }: Lead, escape: (value: string) => string): string {
	return template.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) =>
		escape(String(name === 'lead_id' ? id : (data[name] ?? ''))),
	);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Spara has a model find each value by the field's description; here it is the member of that name, at any depth. */
function extract(answer: unknown, fields: Array<{ name: string }>): Fields {
	const found = fields.map(({ name }) => [name, memberOf(answer, name)] as const);
	return Object.fromEntries(found.filter(([, value]) => fieldTypeOf(value) !== undefined)) as Fields;
}

function memberOf(value: unknown, name: string): unknown {
	if (typeof value !== 'object' || value === null) return undefined;
	if (!Array.isArray(value) && name in value) return (value as Record<string, unknown>)[name];
	for (const member of Object.values(value)) {
		const found = memberOf(member, name);
		if (found !== undefined) return found;
	}
	return undefined;
}
