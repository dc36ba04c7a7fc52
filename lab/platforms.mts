import type { IDataObject } from 'n8n-workflow';
import type { Sandbox } from '../sandbox/server.mts';

/** A platform as the demo shows it beside the main example: its credential, and a list that is read with it. */
export interface Platform {
	name: string;
	node: string;
	credential: { type: string; data: IDataObject };
	list: IDataObject & { resource: string };
}

/** The platforms but Spara, with the sandbox's first account of each. */
export function otherPlatforms(sandboxUrl: string, sandbox: Sandbox): Platform[] {
	const [sparx] = sandbox.sparx.accounts();
	const [leadConduit] = sandbox.leadconduit.accounts();
	const [leadiosa] = sandbox.leadiosa.accounts();
	const [sparkLoop] = sandbox.sparkloop.accounts();
	const [activeProspect] = sandbox.activeprospect.accounts();
	return [
		{
			name: 'Sparx',
			node: 'sparx',
			credential: {
				type: 'sparxApi',
				data: { apiKey: sparx.keys.editor, baseUrl: `${sandboxUrl}/sparx/v1` },
			},
			list: { resource: 'order', operation: 'getMany', limit: 3 },
		},
		{
			name: 'LeadConduit',
			node: 'leadConduit',
			credential: {
				type: 'leadConduitApi',
				data: { apiKey: leadConduit.key, environment: 'custom', baseUrl: `${sandboxUrl}/leadconduit/api/v1` },
			},
			list: { resource: 'flow', operation: 'getMany', limit: 3 },
		},
		{
			name: 'Leadiosa',
			node: 'leadiosa',
			credential: {
				type: 'leadiosaApi',
				data: { apiKey: leadiosa.tokens[0].key, baseUrl: `${sandboxUrl}/leadiosa/api/v1` },
			},
			list: { resource: 'contact', operation: 'getMany', limit: 3 },
		},
		{
			name: 'SparkLoop',
			node: 'sparkLoop',
			credential: {
				type: 'sparkLoopApi',
				data: {
					apiKey: sparkLoop.key,
					baseUrl: `${sandboxUrl}/sparkloop/v2`,
					webhookToken: sparkLoop.webhookToken,
				},
			},
			list: { resource: 'subscriber', operation: 'getMany', limit: 3 },
		},
		{
			name: 'ActiveProspect',
			node: 'activeProspect',
			credential: {
				type: 'activeProspectApi',
				data: {
					apiKey: activeProspect.key,
					baseUrl: `${sandboxUrl}/activeprospect`,
					suppressionListUrl: `${sandboxUrl}/activeprospect/suppressionlist`,
					receiveEvents: true,
					webhookVerification: 'header',
					webhookSecret: activeProspect.webhookSecret,
				},
			},
			list: { resource: 'flow', operation: 'getMany', limit: 3 },
		},
	];
}
