import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { ExternalSecretsProxy, InstanceSettings } from 'n8n-core';
import {
	LoggerProxy,
	type ICredentialType,
	type INode,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	type LogMetadata,
} from 'n8n-workflow';
import { credentialsHelper, type Credentials } from './credentials.mts';

// From where n8n-core stands: the hoisted copies are another version, so another container and other classes.
const requireFromCore = createRequire(resolve('node_modules/n8n-core/package.json'));
const { Container } = requireFromCore('@n8n/di') as typeof import('@n8n/di');
const { Logger } = requireFromCore('@n8n/backend-common') as typeof import('@n8n/backend-common');

/** What n8n and the nodes in it logged in this process, all levels, oldest first. A test may empty it. */
export const engineLog: Array<{ level: string; message: string; metadata?: LogMetadata }> = [];

const record = (level: string) => (message: string, metadata?: LogMetadata) => {
	engineLog.push({ level, message, metadata });
};
const logger = {
	error: record('error'),
	warn: record('warn'),
	info: record('info'),
	debug: record('debug'),
	scoped: () => logger,
};

// n8n's own would print to the console, and read or create ~/.n8n/config: two test workers would race for that file.
Container.set(Logger, logger as never);
Container.set(InstanceSettings, {
	instanceId: 'engine-harness',
	hmacSignatureSecret: 'none',
	encryptionKey: 'none',
	n8nFolder: resolve(tmpdir(), 'n8n-engine-harness'),
} as InstanceSettings);
LoggerProxy.init(logger);

/** Looks node types up in a plain record; a type it does not hold fails with its name. */
export function nodeTypesFrom(known: Record<string, INodeType>): INodeTypes {
	const typeNamed = (name: string): INodeType => {
		if (!known[name]) throw new Error(`The test passes no node type "${name}"`);
		return known[name];
	};
	return { getByName: typeNamed, getByNameAndVersion: typeNamed, getKnownTypes: () => ({}) };
}

/** The version a freshly placed node gets. */
export function newestVersion(nodeType: INodeType): number {
	const { defaultVersion, version } = nodeType.description;
	return defaultVersion ?? Math.max(...[version].flat());
}

/** The `credentials` part of a placed node: those of the given ones that its type asks for. */
export function credentialLinks(nodeType: INodeType, credentials: Credentials): INode['credentials'] {
	const wanted = (nodeType.description.credentials ?? []).filter(({ name }) => name in credentials);
	return Object.fromEntries(wanted.map(({ name }) => [name, { id: name, name }]));
}

function notSupported(): never {
	throw new Error('The engine harness has no sub-workflows, task runners or stored executions');
}

/** What an execution gets from the n8n server around it. URLs are those of a server at `instanceUrl`. */
export function additionalDataFor(request: {
	credentials?: Credentials;
	credentialTypes?: ICredentialType[];
	executionId?: string;
	instanceUrl?: string;
}): IWorkflowExecuteAdditionalData {
	const {
		credentials = {},
		credentialTypes = [],
		executionId,
		instanceUrl = 'https://n8n.example',
	} = request;
	return {
		credentialsHelper: credentialsHelper(credentials, credentialTypes),
		executionId,
		currentNodeExecutionIndex: 0,
		variables: {},
		instanceBaseUrl: `${instanceUrl}/`,
		restApiUrl: `${instanceUrl}/rest`,
		webhookBaseUrl: `${instanceUrl}/webhook`,
		webhookTestBaseUrl: `${instanceUrl}/webhook-test`,
		webhookWaitingBaseUrl: `${instanceUrl}/webhook-waiting`,
		formBaseUrl: `${instanceUrl}/form`,
		formTestBaseUrl: `${instanceUrl}/form-test`,
		formWaitingBaseUrl: `${instanceUrl}/form-waiting`,
		mcpBaseUrl: `${instanceUrl}/mcp`,
		mcpTestBaseUrl: `${instanceUrl}/mcp-test`,
		externalSecretsProxy: new ExternalSecretsProxy(),
		executeWorkflow: notSupported,
		getRunExecutionData: notSupported,
		getRuntimeCredential: notSupported,
		startRunnerTask: notSupported,
		logAiEvent: () => {},
	};
}
