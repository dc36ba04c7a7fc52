import { table, type VendorView } from '../page/view.mts';
import type { commands } from './commands.mts';
import { eventNames, inventoryEventNames } from './schemas.mts';

const data = { id: '9f1d2c3b-4a5e-4f60-8a7b-6c5d4e3f2a1b', fromPath: '/old', toPath: '/new' };

/** What the sandbox's page shows of Sparx. */
export function page(sparx: ReturnType<typeof commands>, baseUrl: string): VendorView {
	const now = Date.now();
	const lately = { from: now - 60_000, to: now };
	return {
		title: 'Sparx',
		credentials: sparx.accounts().flatMap(({ id, keys }) =>
			Object.entries(keys).map(([role, key]) => ({
				account: `${id} (${role})`,
				fields: { 'API Key': key, 'Base URL': baseUrl },
			})),
		),
		tables: [
			table(
				'Orders',
				sparx.orders(),
				({ id, orderNumber, status, customerId, currency, total, placedAt }) => ({
					id,
					number: orderNumber,
					status,
					customer: customerId,
					total: `${String(total)} ${String(currency)}`,
					placed: placedAt,
				}),
			),
			table(
				'Customers',
				sparx.customers(),
				({ id, email, firstName, lastName, company, type, updatedAt }) => ({
					id,
					email,
					name: [firstName, lastName].filter(Boolean).join(' '),
					company,
					type,
					updated: updatedAt,
				}),
			),
			table('Subscriptions', sparx.subscriptions(), ({ id, name, url, events, active }) => ({
				id,
				name,
				url,
				events: events.join(', '),
				active,
			})),
		],
		events: [...eventNames, ...inventoryEventNames].map((event) => ({ name: event, input: { event, data } })),
		imports: [
			{ label: 'customers', command: 'seed', countAs: 'customers', input: lately },
			{ label: 'orders', command: 'seed', countAs: 'orders', input: lately },
		],
	};
}
