export type Role = 'viewer' | 'editor' | 'admin';

/**
 * The tenants the sandbox starts with. Keys, ids and products are fixed, so that examples and tests can name them.
 * Sparx gives API keys the role editor only; the other two stand for dashboard tokens of staff.
 */
export const accounts = [
	{
		id: 'acme',
		name: 'Acme',
		keys: {
			editor: 'sk_live_acmeedit_abcdefghijklmnopqrstuvwxyz234567',
			admin: 'sk_live_acmeadmn_abcdefghijklmnopqrstuvwxyz234567',
			viewer: 'sk_live_acmeview_abcdefghijklmnopqrstuvwxyz234567',
		} satisfies Record<Role, string>,
		customers: 12,
		orders: 20,
		products: ['7d1c6b52-9a3e-4f08-8c21-1b2a3c4d5e6f'],
	},
	{
		id: 'globex',
		name: 'Globex',
		keys: {
			editor: 'sk_live_globedit_abcdefghijklmnopqrstuvwxyz234567',
			admin: 'sk_live_globadmn_abcdefghijklmnopqrstuvwxyz234567',
			viewer: 'sk_live_globview_abcdefghijklmnopqrstuvwxyz234567',
		} satisfies Record<Role, string>,
		customers: 3,
		orders: 2,
		products: [],
	},
];
