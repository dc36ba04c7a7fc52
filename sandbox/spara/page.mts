import { table, type VendorView } from '../page/view.mts';
import type { commands } from './commands.mts';

/** What the sandbox's page shows of Spara. */
export function page(spara: ReturnType<typeof commands>, baseUrl: string): VendorView {
	const accounts = spara.accounts();
	const now = Date.now() / 1000;
	const leads = spara.leads();
	const callable = leads.findLast(({ data }) => data.email && data.phone_number) ?? leads.at(-1);
	const about = callable ? { leadId: callable.id } : {};
	return {
		title: 'Spara',
		credentials: accounts.map(({ id, key }) => ({
			account: id,
			fields: { 'API Key': key, 'Base URL': baseUrl },
		})),
		tables: [
			table('Leads', leads, ({ id, data, created_at, updated_at }) => ({
				id,
				email: data.email,
				name: [data.first_name, data.last_name].filter(Boolean).join(' '),
				phone: data.phone_number,
				company: data.company_name,
				created: created_at,
				updated: updated_at,
			})),
			table(
				'Calls',
				leads
					.flatMap(({ id, data, calls }) => calls.map((call) => ({ ...call, id, email: data.email })))
					.sort((one, other) => one.started_at.localeCompare(other.started_at)),
				({ id, email, started_at, ended_at, summary }) => ({
					lead: id,
					email,
					started: started_at,
					ended: ended_at,
					summary,
				}),
			),
			table('Voice agents', accounts[0].agents, ({ id, name, published, phoneNumber }) => ({
				id,
				name,
				published,
				'phone number': phoneNumber,
			})),
		],
		events: [
			{ name: 'lead.created', input: { event: 'lead.created' } },
			{
				name: 'lead.facts_updated',
				input: { event: 'lead.facts_updated', ...about, changed: { job_title: 'Head of Sales' } },
			},
			{ name: 'voice_call.ended', input: { event: 'voice_call.ended', ...about } },
		],
		imports: [{ label: 'leads', command: 'seedLeads', countAs: 'count', input: { from: now - 60, to: now } }],
		webhooks: {
			accounts: accounts.map(({ id }) => id),
			authentications: [
				{ label: 'Token in URL', kind: 'query', secretAs: 'value', rest: { name: 'token' } },
				{ label: 'Token in Header', kind: 'header', secretAs: 'value', rest: { name: 'X-Webhook-Token' } },
				{
					label: 'Signature (HMAC SHA-256)',
					kind: 'hmac',
					secretAs: 'secret',
					rest: { header: 'X-Webhook-Token' },
				},
				{ label: 'None (Insecure)', kind: 'none' },
			],
			hint: 'Paste the URL of the Spara Trigger, and the Webhook Secret of the credential.',
		},
	};
}
