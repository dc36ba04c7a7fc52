import { table, type VendorView } from '../page/view.mts';
import type { commands } from './commands.mts';
import { EVENT } from './steps.mts';

/** What the sandbox's page shows of ActiveProspect. */
export function page(activeProspect: ReturnType<typeof commands>, baseUrl: string): VendorView {
	const accounts = activeProspect.accounts();
	const leads = activeProspect.leads();
	const flowIds = activeProspect.flowIds();
	return {
		title: 'ActiveProspect',
		credentials: accounts.map(({ id, key, webhookSecret }) => ({
			account: id,
			fields: {
				'API Key': key,
				'Base URL': baseUrl,
				'SuppressionList URL': `${baseUrl}/suppressionlist`,
				'Webhook Secret': webhookSecret,
			},
		})),
		tables: [
			table('Flows', Object.entries(flowIds), ([name, id]) => ({ id, name })),
			table('Leads', leads, ({ id, flow, source, fields, at }) => ({
				id,
				flow,
				source,
				email: fields.email,
				submitted: new Date(at).toISOString(),
			})),
		],
		events: [{ name: EVENT, input: { event: EVENT } }],
		imports: [
			{ label: 'leads into Solar', command: 'seedEvents', countAs: 'count', input: { flow: flowIds.solar } },
		],
		webhooks: {
			accounts: accounts.map(({ id }) => id),
			authentications: [
				{ label: 'Header', kind: 'header', secretAs: 'value', rest: { name: 'X-LeadConduit-Token' } },
				{ label: 'None (Insecure)', kind: 'none' },
			],
			hint: 'Stands for a recipient step: paste the URL of the ActiveProspect Trigger, and the Webhook Secret of the credential.',
		},
	};
}
