import { createHmac, timingSafeEqual } from 'node:crypto';
import fastify from 'fastify';
import {
	NodeConnectionTypes,
	NodeOperationError,
	type ICredentialType,
	type IDataObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

/** A vendor's API on loopback: knows one key, counts what it sees, can fail, and can keep a caller waiting. */
export async function startVendor() {
	const server = fastify({ forceCloseConnections: true });
	const seen = { requests: 0, authorization: [] as string[], hooks: new Set<string>(), abandoned: 0 };
	server.addHook('onRequest', async (request, reply) => {
		seen.requests++;
		seen.authorization.push(request.headers.authorization ?? '');
		if (request.headers.authorization !== 'Bearer good-key')
			await reply.code(401).send({ message: 'No such key' });
	});
	server.post<{ Body: { email: string } }>('/leads', async ({ body: { email } }, reply) =>
		email.startsWith('bad')
			? await reply.code(422).send({ message: `No: ${email}` })
			: { id: `lead of ${email}` },
	);
	server.get('/slow', async (_request, reply) => {
		reply.hijack();
		reply.raw.on('close', () => seen.abandoned++);
	});
	server.get<{ Querystring: { url: string } }>('/hooks', async ({ query: { url } }) => ({
		exists: seen.hooks.has(url),
	}));
	server.post<{ Body: { url: string } }>('/hooks', async ({ body: { url } }) => {
		seen.hooks.add(url);
		return { id: `hook ${seen.hooks.size}` };
	});
	server.delete<{ Body: { url: string } }>('/hooks', async ({ body: { url } }) => ({
		deleted: seen.hooks.delete(url),
	}));
	const baseUrl = await server.listen({ host: '127.0.0.1', port: 0 });
	return { baseUrl, seen, close: async () => await server.close() };
}

export const vendorApi: ICredentialType = {
	name: 'vendorApi',
	displayName: 'Vendor API',
	properties: [
		{ displayName: 'API Key', name: 'apiKey', type: 'string', default: '' },
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'https://vendor.example' },
		{ displayName: 'Webhook Secret', name: 'webhookSecret', type: 'string', default: 'default-secret' },
	],
	authenticate: {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	},
};

const description = (properties: INodeTypeDescription['properties']): INodeTypeDescription => ({
	displayName: 'Test Node',
	name: 'testNode',
	group: ['transform'],
	version: 1,
	description: 'A node for the test of the harness',
	defaults: { name: 'Test Node' },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	credentials: [{ name: 'vendorApi', required: false }],
	properties,
});

export const node = (
	execute: INodeType['execute'],
	properties: INodeTypeDescription['properties'] = [],
): INodeType => ({
	description: description(properties),
	execute,
});

type Context = IExecuteFunctions | IHookFunctions;

export async function call(
	context: Context,
	method: 'GET' | 'POST' | 'DELETE',
	path: string,
	body?: IDataObject,
) {
	const { baseUrl } = await context.getCredentials<{ baseUrl: string }>('vendorApi');
	const request = { method, url: `${baseUrl}${path}`, body, json: true };
	return await context.helpers.httpRequestWithAuthentication.call(
		context as IExecuteFunctions,
		'vendorApi',
		request,
	);
}

/** Creates a lead for each item, and honours On Error. */
export const leadNode = node(
	async function () {
		const output = [];
		for (const item of this.getInputData().keys()) {
			try {
				const { id } = await call(this, 'POST', '/leads', { email: this.getNodeParameter('email', item) });
				output.push({ json: { id }, pairedItem: { item } });
			} catch (error) {
				if (!this.continueOnFail()) throw error;
				output.push({ json: { error: 'Refused', message: error.description }, pairedItem: { item } });
			}
		}
		this.addExecutionHints({ message: `Created ${output.length}`, location: 'outputPane' });
		return [output];
	},
	[{ displayName: 'Email', name: 'email', type: 'string', default: '', required: true }],
);

/** Emits a delivery whose HMAC fits, once; refuses others; registers itself at the vendor. */
export const leadTrigger: INodeType = {
	description: {
		...description([{ displayName: 'Answer', name: 'answer', type: 'string', default: 'normal' }]),
		inputs: [],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'lead',
			},
		],
	},
	webhookMethods: {
		default: {
			async checkExists() {
				const url = encodeURIComponent(this.getNodeWebhookUrl('default')!);
				return (await call(this, 'GET', `/hooks?url=${url}`)).exists;
			},
			async create() {
				const { id } = await call(this, 'POST', '/hooks', { url: this.getNodeWebhookUrl('default') });
				this.getWorkflowStaticData('node').hookId = id;
				return true;
			},
			async delete() {
				await call(this, 'DELETE', '/hooks', { url: this.getNodeWebhookUrl('default') });
				delete this.getWorkflowStaticData('node').hookId;
				return true;
			},
		},
	},
	async webhook() {
		const answer = this.getNodeParameter('answer');
		if (answer === 'hang') return { noWebhookResponse: true };
		if (answer === 'throw') {
			this.getWorkflowStaticData('node').last = 'lost';
			throw new NodeOperationError(this.getNode(), 'Trigger broke');
		}
		const { webhookSecret } = await this.getCredentials<{ webhookSecret: string }>('vendorApi');
		const expected = createHmac('sha256', webhookSecret).update(this.getRequestObject().rawBody).digest();
		const given = Buffer.from(String(this.getHeaderData()['x-signature']), 'hex');
		if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
			this.getResponseObject().status(401).send('Bad signature');
			return { noWebhookResponse: true };
		}
		const stored = this.getWorkflowStaticData('node');
		const { id } = this.getBodyData();
		if (stored.last === id) return { webhookResponse: { repeated: true } };
		stored.last = id;
		return {
			workflowData: [[{ json: { ...this.getBodyData(), query: this.getQueryData() } as IDataObject }]],
		};
	},
};
