import { table, type VendorView } from '../page/view.mts';
import type { commands } from './commands.mts';
import { eventNames } from './events.mts';

/** What the sandbox's page shows of SparkLoop. */
export function page(sparkLoop: ReturnType<typeof commands>, baseUrl: string): VendorView {
	const now = Date.now();
	return {
		title: 'SparkLoop',
		credentials: sparkLoop.accounts().map(({ id, key, webhookToken }) => ({
			account: id,
			fields: { 'API Key': key, 'Base URL': baseUrl, 'Webhook Token': webhookToken },
		})),
		tables: [
			table(
				'Subscribers',
				[...sparkLoop.subscribers()].reverse(),
				({ uuid, email, name, ref_code, referral_status, created_at }) => ({
					uuid,
					email,
					name,
					'referral code': ref_code,
					'referral status': referral_status,
					created: created_at,
				}),
			),
			table('Webhooks', sparkLoop.hooks(), (hook) => ({ ...hook })),
		],
		events: eventNames.map((event) => ({ name: event, input: { event } })),
		imports: [
			{
				label: 'subscribers',
				command: 'seedSubscribers',
				countAs: 'count',
				input: { prefix: `import-${now.toString(36)}`, from: now / 1000 - 60, to: now / 1000 },
			},
		],
	};
}
