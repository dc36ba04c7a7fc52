import { table, type VendorView } from '../page/view.mts';
import type { commands } from './commands.mts';
import { eventNames, signature } from './events.mts';

/** What the sandbox's page shows of LeadConduit. */
export function page(leadConduit: ReturnType<typeof commands>, baseUrl: string): VendorView {
	const accounts = leadConduit.accounts();
	const now = Date.now() / 1000;
	const flows = accounts[0].flows;
	const leads = flows
		.flatMap(({ id: flow }) => leadConduit.leads({ flow }))
		.sort((one, other) => one.created_at.localeCompare(other.created_at));
	const newest = leads.at(-1)?.id;
	return {
		title: 'LeadConduit',
		credentials: accounts.map(({ id, key, webhookSecret }) => ({
			account: id,
			fields: {
				'API Key': key,
				Environment: 'Custom',
				'Base URL': baseUrl,
				'Webhook Secret': webhookSecret,
			},
		})),
		tables: [
			table('Leads', leads, ({ id, flow_id, status, lead_data, created_at, events }) => ({
				id,
				flow: flow_id,
				status,
				email: lead_data.email,
				state: lead_data.state,
				reason: events.find(({ reason }) => reason)?.reason,
				created: created_at,
			})),
			table('Flows', flows, ({ id, name, requiredFields }) => ({
				id,
				name,
				'required fields': requiredFields.join(', '),
				'webhook URL': leadConduit.flowSettings({ flow: id }).notifications?.webhook_url,
			})),
		],
		events: newest ? eventNames.map((event) => ({ name: event, input: { event, leadId: newest } })) : [],
		imports: [
			{
				label: `leads into ${flows[0].name}`,
				command: 'seedLeads',
				countAs: 'count',
				input: { flow: flows[0].id, from: now - 60, to: now },
			},
		],
		webhooks: {
			accounts: flows.map(({ id }) => id),
			authentications: [
				{
					label: 'Signature (HMAC SHA-256)',
					kind: 'body-hmac',
					secretAs: 'secret',
					rest: { member: signature.member, prefix: signature.prefix },
				},
				{ label: 'None (Insecure)', kind: 'none' },
			],
			hint: 'Paste the URL of the LeadConduit Trigger, and the Webhook Secret of the credential. A flow has one URL.',
		},
	};
}
