import { Agent } from 'undici';
import { accounts } from '../../../sandbox/spara/accounts.mts';

export const [acme, globex] = accounts;
export const [caller, agentWithoutNumber, unpublishedAgent] = acme.agents;

export interface Reply {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	text: string;
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	json: any;
}

/** Talks to Spara's fake over real sockets, as the acme account unless another key is given. */
export function sparaApi(url: string) {
	const agent = new Agent({ connections: 20, pipelining: 1 });
	const send = async (
		method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS',
		path: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<Reply> => {
		const response = await agent.request({
			origin: url,
			path: `/spara/v1${path}`,
			method,
			headers: {
				authorization: `Bearer ${acme.key}`,
				...(body !== undefined && { 'content-type': 'application/json' }),
				...headers,
			},
			body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
		});
		const text = await response.body.text();
		const isJson = String(response.headers['content-type']).startsWith('application/json');
		return {
			status: response.statusCode,
			headers: response.headers,
			text,
			json: isJson ? tryParse(text) : undefined,
		};
	};
	return { send, close: async () => await agent.destroy() };
}

const tryParse = (text: string) => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};
