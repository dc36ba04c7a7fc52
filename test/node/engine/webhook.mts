import fastify, { type FastifyRequest, type RouteHandlerMethod } from 'fastify';
import { HookContext, WebhookContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestMethods,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IWebhookData,
	type IWebhookResponseData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { request } from 'undici';
import type { Credentials } from './credentials.mts';
import { expressRequest, expressResponse, UnparsableBody, type ExpressResponse } from './express.mts';
import { additionalDataFor, credentialLinks, newestVersion, nodeTypesFrom } from './host.mts';

export interface PlacedTrigger {
	trigger: INodeType;
	parameters?: INodeParameters;
	credentials?: Credentials;
	credentialTypes?: ICredentialType[];
	/** What n8n stored for this node so far. */
	staticData?: IDataObject;
	/** `test` is "Listen for test event" in the editor: URLs of its own, and deliveries keep no static data. */
	mode?: 'production' | 'test';
	/** Where this n8n believes it is reachable. Default `https://n8n.example`. */
	instanceUrl?: string;
}

const type = 'harness.trigger';
const name = 'Trigger';
const staticKey = `node:${name}`;

function place({
	trigger,
	parameters = {},
	staticData = {},
	mode,
	credentials = {},
	...rest
}: PlacedTrigger) {
	const isTest = mode === 'test';
	const placed: INode = {
		id: name,
		name,
		type,
		typeVersion: newestVersion(trigger),
		position: [0, 0],
		webhookId: 'webhook-id',
		parameters: structuredClone(parameters),
		credentials: credentialLinks(trigger, credentials),
	};
	const workflow = new Workflow({
		id: 'workflow',
		active: !isTest,
		nodes: [placed],
		connections: {},
		nodeTypes: nodeTypesFrom({ [type]: trigger }),
		staticData: { [staticKey]: structuredClone(staticData) },
	});
	const node = workflow.nodes[name];
	const additionalData = additionalDataFor({ ...rest, credentials });
	const webhookDescription = trigger.description.webhooks![0];
	const evaluate = (value: unknown, fallback: unknown) =>
		workflow.expression.getComplexParameterValue(
			node,
			value as string,
			'internal',
			{},
			undefined,
			fallback as string,
		);
	const webhookData: IWebhookData = {
		httpMethod: String(evaluate(webhookDescription.httpMethod, 'GET')) as IHttpRequestMethods,
		node: name,
		path: String(evaluate(webhookDescription.path, '')),
		webhookDescription,
		workflowId: 'workflow',
		workflowExecuteAdditionalData: additionalData,
		webhookId: 'webhook-id',
		isTest,
	};
	return { workflow, node, additionalData, webhookData, evaluate };
}

/** The node's static data as the database holds it afterwards: JSON, and only if n8n noticed the change. */
function storedStaticData(workflow: Workflow, before: IDataObject): IDataObject {
	if (workflow.staticData.__dataChanged !== true) return before;
	return JSON.parse(JSON.stringify(workflow.staticData[staticKey]));
}

export interface Delivery extends PlacedTrigger {
	rawBody?: Buffer;
	headers?: Record<string, string | string[]>;
	query?: Record<string, string>;
	/** Default POST. */
	method?: IHttpRequestMethods;
	/** Resolves once n8n has taken the run; rejects when it could not, such as while its database is locked. */
	takeRun?(): Promise<void>;
}

export interface DeliveryResult {
	/** Undefined: the sender would wait for ever, since the trigger kept the response to itself and did not end it. */
	status: number | undefined;
	/** The answer's text; empty if blank. */
	body: string;
	headers: Record<string, unknown>;
	/** What the workflow would be started with; undefined: it is not run. */
	workflowData?: INodeExecutionData[][];
	/** For the next delivery. */
	staticData: IDataObject;
	/** What the trigger threw; n8n answers 500 then. */
	error?: Error;
}

/**
 * Delivers one HTTP request to a webhook trigger through n8n-core's WebhookContext, and answers as n8n's server does
 * (2.40.7, webhooks/webhook-helpers.js) in the response modes `onReceived` and `lastNode`. A body that does not parse is answered with 422
 * before the trigger sees it; a method the trigger does not declare with 404.
 */
export async function deliver(delivery: Delivery): Promise<DeliveryResult> {
	const { trigger, staticData = {}, rawBody = Buffer.alloc(0) } = delivery;
	const isTest = delivery.mode === 'test';
	const { workflow, node, additionalData, webhookData, evaluate } = place(delivery);
	if (isTest) workflow.setTestStaticData({ [staticKey]: structuredClone(staticData) });
	const { webhookDescription, httpMethod } = webhookData;
	const responseMode = evaluate(webhookDescription.responseMode, 'onReceived');
	if (responseMode !== 'onReceived' && responseMode !== 'lastNode')
		throw new Error(`deliver cannot answer in response mode ${String(responseMode)}`);
	const outcome: Pick<DeliveryResult, 'workflowData' | 'error'> = {};
	let hangs = false;

	async function answer(raw: FastifyRequest['raw'], query: unknown, response: ExpressResponse) {
		const httpRequest = expressRequest(raw, rawBody, query);
		Object.assign(additionalData, { httpRequest, httpResponse: response });
		const executionMode = isTest ? 'manual' : 'webhook';
		const context = new WebhookContext(workflow, node, additionalData, executionMode, webhookData, [], null);
		const result = await trigger.webhook!.call(context);
		outcome.workflowData = result.workflowData;
		if (result.noWebhookResponse) {
			hangs = !response.writableEnded;
			return void response.end();
		}
		// n8n takes the run before it reads the answer, which resets the mark of a change in static data that are not empty.
		if (result.workflowData) {
			await delivery.takeRun?.();
			if (Object.keys(staticData).length > 0) workflow.staticData.__dataChanged = false;
		}
		if (result.workflowData && responseMode === 'lastNode') {
			// Of a workflow that is this trigger alone, the last node's first item is the trigger's own.
			return response.status(200).json(result.workflowData[0][0].json);
		}
		const body = responseBody(result, evaluate(webhookDescription.responseData, 'firstEntryJson'));
		response.status(Number(evaluate(webhookDescription.responseCode, 200)));
		return typeof body === 'string' ? response.send(body) : response.json(body);
	}

	const received = await exchange(delivery, httpMethod.split(','), async ({ raw, query }, reply) => {
		reply.hijack();
		const response = expressResponse(reply.raw);
		try {
			await answer(raw, query, response);
		} catch (error) {
			outcome.error = error as Error;
			if (!response.writableEnded) answerFailure(response, error);
		}
	});
	return {
		...outcome,
		...received,
		status: hangs ? undefined : received.status,
		staticData: outcome.error ? staticData : storedStaticData(workflow, staticData),
	};
}

/** Sends the delivery to a loopback server whose only route is `handler`. */
async function exchange(
	{ method = 'POST', headers, query, rawBody }: Delivery,
	declaredMethods: string[],
	handler: RouteHandlerMethod,
) {
	const server = fastify({ forceCloseConnections: true });
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	server.route({ method: declaredMethods, url: '/webhook', handler });
	try {
		const origin = await server.listen({ host: '127.0.0.1', port: 0 });
		const received = await request(`${origin}/webhook`, { method, headers, query, body: rawBody });
		return { status: received.statusCode, headers: received.headers, body: await received.body.text() };
	} finally {
		await server.close();
	}
}

function answerFailure(response: ExpressResponse, error: unknown) {
	const [code, message] =
		error instanceof UnparsableBody
			? [422, 'Failed to parse request body']
			: [500, 'Workflow Webhook Error: Workflow could not be started!'];
	response.status(code).json({ code, message });
}

function responseBody(
	{ workflowData, webhookResponse }: IWebhookResponseData,
	responseData: unknown,
): unknown {
	if (!workflowData) return webhookResponse ?? { message: 'Webhook call received' };
	if (responseData === 'noData') return undefined;
	return responseData || (webhookResponse ?? { message: 'Workflow was started' });
}

/**
 * The life of a trigger's registration through n8n-core's HookContext. Every call reads the static data stored so far
 * and stores what it changed; a call that throws stores nothing, as in n8n. `activate` is what n8n does on
 * activation: `create` unless `checkExists` says yes.
 */
export function lifecycle(placed: PlacedTrigger) {
	let { staticData = {} } = placed;
	const hook =
		(
			method: 'checkExists' | 'create' | 'delete',
			mode: WorkflowExecuteMode,
			activation: WorkflowActivateMode,
		) =>
		async (): Promise<boolean> => {
			const { workflow, node, additionalData, webhookData } = place({ ...placed, staticData });
			const context = new HookContext(workflow, node, additionalData, mode, activation, webhookData);
			const methods = placed.trigger.webhookMethods![webhookData.webhookDescription.name]!;
			const result = await methods[method].call(context);
			staticData = storedStaticData(workflow, staticData);
			return result;
		};
	const isTest = placed.mode === 'test';
	const [mode, activation] = isTest ? (['manual', 'manual'] as const) : (['trigger', 'activate'] as const);
	const checkExists = hook('checkExists', mode, activation);
	const create = hook('create', mode, activation);
	return {
		checkExists,
		create,
		activate: async () => (await checkExists()) || (await create()),
		delete: hook('delete', 'internal', 'update'),
		/** The node's static data as stored now. */
		get staticData(): IDataObject {
			return staticData;
		},
	};
}
