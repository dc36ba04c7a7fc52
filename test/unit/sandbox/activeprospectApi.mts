import { accounts } from '../../../sandbox/activeprospect/accounts.mts';
import { startSandbox } from '../../../sandbox/server.mts';
import { ManualClock } from './manual-clock.mts';

const [acme] = accounts;

export const basic = (key: string) => `Basic ${Buffer.from(`API:${key}`).toString('base64')}`;

/** A sandbox on a clock that stands still, and calls of ActiveProspect's API as `acme` unless told otherwise. */
export async function openActiveProspect() {
	const clock = new ManualClock();
	const { url, sandbox, close } = await startSandbox({ port: 0, clock });
	const { activeprospect } = sandbox;
	const flows = activeprospect.flowIds();
	const entities = activeprospect.entityIds();
	const send = async (
		method: string,
		path: string,
		body?: unknown,
		headers: Record<string, string | undefined> = {},
	) => {
		const given = {
			authorization: basic(acme.key),
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
			...headers,
		};
		const response = await fetch(`${url}/activeprospect${path}`, {
			method,
			headers: Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
			body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
		});
		const text = await response.text();
		const type = response.headers.get('content-type') ?? '';
		return {
			status: response.status,
			type: type.split(';')[0],
			text,
			// eslint-disable-next-line @typescript-eslint/no-explicit-any
			json: (type.startsWith('application/json') ? JSON.parse(text) : undefined) as any,
		};
	};
	/** A lead to a flow, from its web form unless told otherwise, with no key at all. */
	const post = async (
		action: 'submit' | 'ping',
		lead: unknown,
		flow: keyof typeof flows = 'solar',
		headers: Record<string, string | undefined> = {},
		source: keyof typeof entities = 'form',
	) => {
		const path = `/flows/${flows[flow]}/sources/${entities[source]}/${action}`;
		return await send('POST', path, lead, { authorization: undefined, ...headers });
	};
	return { activeprospect, clock, close, entities, flows, post, send };
}
