/** Workflows as people had them with version 0.1.0: its node types, parameters and credentials, in its own words. */
import type { IDataObject, INode } from 'n8n-workflow';
import type { Editor, WorkflowFile } from '../../lab/rest.mts';
import { chain, leadwireNode, manual } from '../../lab/workflows.mts';
import type { Sandbox } from '../../sandbox/server.mts';

const SPARA_SECRET = 'a secret that only Spara and n8n share';
const AGENT = '3f0c5a1e-7b2d-4c98-9e11-5a6b7c8d9e0f';

/** The credentials, stored as 0.1.0 stored them: without the switch Receive Events, which came later. */
export async function storeOldCredentials(editor: Editor, sandbox: Sandbox, sandboxUrl: string) {
	const [sparx] = sandbox.sparx.accounts();
	const [leadConduit] = sandbox.leadconduit.accounts();
	const [sparkLoop] = sandbox.sparkloop.accounts();
	const contents: Record<string, IDataObject> = {
		sparaApi: {
			apiKey: sandbox.spara.accounts()[0].key,
			baseUrl: `${sandboxUrl}/spara/v1`,
			webhookVerification: 'header',
			webhookHeader: 'X-Webhook-Token',
			webhookSecret: SPARA_SECRET,
		},
		sparxApi: { apiKey: sparx.keys.admin, baseUrl: `${sandboxUrl}/sparx/v1` },
		leadConduitApi: {
			apiKey: leadConduit.key,
			environment: 'custom',
			baseUrl: `${sandboxUrl}/leadconduit/api/v1`,
			webhookVerification: 'signature',
			webhookSecret: leadConduit.webhookSecret,
		},
		leadiosaApi: {
			apiKey: sandbox.leadiosa.accounts()[0].tokens[0].key,
			baseUrl: `${sandboxUrl}/leadiosa/api/v1`,
		},
		sparkLoopApi: {
			apiKey: sparkLoop.key,
			baseUrl: `${sandboxUrl}/sparkloop/v2`,
			webhookToken: sparkLoop.webhookToken,
		},
	};
	return await Promise.all(
		Object.entries(contents).map(async ([type, data]) => await editor.createCredential(type, type, data)),
	);
}

/** Registers the URLs that 0.1.0 leaves to a person: where events of Spara and SparkLoop go to. */
export function registerByHand(name: string, url: string, { spara, sparkloop }: Sandbox): void {
	const header = (header: string, value: string) => ({ kind: 'header' as const, name: header, value });
	const [{ id, webhookToken }] = sparkloop.accounts();
	if (name === 'spara') {
		const authentication = header('X-Webhook-Token', SPARA_SECRET);
		spara.registerWebhook({ account: spara.accounts()[0].id, url, authentication });
	}
	if (name === 'sparkLoop')
		sparkloop.registerWebhook({ account: id, url, authentication: header('SparkLoop-Token', webhookToken) });
}

/** One workflow started by hand for each action node; what comes last is what it gives. */
export function oldManualWorkflows(): WorkflowFile[] {
	const run = (name: string, node: string, credential: string, parameters: IDataObject) =>
		manual([{}], leadwireNode(name, node, credential, parameters));
	return [
		run('Spara', 'spara', 'sparaApi', {
			resource: 'lead',
			operation: 'search',
			returnAll: true,
			filters: { end: '2026-11-01T00:00:00Z' },
		}),
		run('Sparx', 'sparx', 'sparxApi', { resource: 'order', operation: 'getMany', limit: 3 }),
		run('LeadConduit', 'leadConduit', 'leadConduitApi', {
			resource: 'lead',
			operation: 'search',
			filters: { flowId: 'flow_solar', status: 'delivered' },
			returnAll: true,
		}),
		run('Leadiosa', 'leadiosa', 'leadiosaApi', { resource: 'contact', operation: 'getMany', limit: 3 }),
		run('SparkLoop', 'sparkLoop', 'sparkLoopApi', { resource: 'subscriber', operation: 'getMany', limit: 3 }),
	];
}

/** One workflow for each trigger on events; the nodes after it are those of the examples of 0.1.0. */
export function oldEventWorkflows(): Record<string, WorkflowFile> {
	const spara = (name: string, parameters: IDataObject) =>
		leadwireNode(name, 'spara', 'sparaApi', { resource: 'lead', ...parameters });
	const noted: INode = leadwireNode('Note', 'leadiosa', 'leadiosaApi', {
		resource: 'note',
		operation: 'create',
		conversationId: '={{ $json.data.conversation_id }}',
		text: '=Spara is told of {{ $json.event }}.',
	});
	return {
		spara: chain('On Spara', [
			leadwireNode('Spara Trigger', 'sparaTrigger', 'sparaApi', { events: ['lead.created'] }),
			spara('Get lead', { operation: 'get', leadId: '={{ $json.lead.id }}' }),
			spara('Update lead', {
				operation: 'update',
				leadId: '={{ $json.id }}',
				customFields: { field: [{ name: 'welcome_call', type: 'text', text: '={{ $now.toISODate() }}' }] },
				options: { fetchUpdatedLead: true },
			}),
			spara('Call lead', {
				operation: 'call',
				leadId: "={{ $('Spara Trigger').item.json.lead.id }}",
				voiceAgentId: AGENT,
				callMode: 'qa',
			}),
		]),
		leadConduit: chain('On LeadConduit', [
			leadwireNode('LeadConduit Trigger', 'leadConduitTrigger', 'leadConduitApi', {
				events: ['lead.delivered'],
				registerUrl: true,
				flowId: { __rl: true, mode: 'id', value: 'flow_solar' },
			}),
			leadwireNode('Get lead', 'leadConduit', 'leadConduitApi', {
				resource: 'lead',
				operation: 'get',
				leadId: '={{ $json.lead.id }}',
			}),
		]),
		leadiosa: chain('On Leadiosa', [
			leadwireNode('Leadiosa Trigger', 'leadiosaTrigger', 'leadiosaApi', { events: ['message.created'] }),
			noted,
		]),
		sparkLoop: chain('On SparkLoop', [
			leadwireNode('SparkLoop Trigger', 'sparkLoopTrigger', 'sparkLoopApi', {
				// 0.1.0 announced JSON without the charset that SparkLoop asks for, so it could not register a URL.
				registration: 'manual',
				events: ['new_referral'],
			}),
			leadwireNode('Get subscriber', 'sparkLoop', 'sparkLoopApi', {
				resource: 'subscriber',
				operation: 'get',
				subscriberId: '={{ $json.lead.id }}',
			}),
		]),
		sparx: chain('On Sparx', [
			leadwireNode('Sparx Trigger', 'sparxTrigger', 'sparxApi', { events: ['redirect.added'] }),
		]),
	};
}

/** One workflow for each polling trigger. */
export function oldPollingWorkflows(): Record<'spara' | 'sparx', WorkflowFile> {
	const polling = (name: string, node: string, credential: string, event: string) =>
		chain(name, [
			leadwireNode(name, node, credential, { event, pollTimes: { item: [{ mode: 'everyMinute' }] } }),
		]);
	return {
		spara: polling('New leads', 'sparaPollingTrigger', 'sparaApi', 'lead.created'),
		sparx: polling('New customers', 'sparxPollingTrigger', 'sparxApi', 'customer.created'),
	};
}
