/** The accounts the sandbox starts with. Keys, tokens and ids are fixed, so that examples and tests can name them. */
export const accounts = [
	{
		id: 'acme',
		key: 'sparkloop-sandbox-acme',
		/** What every event of the account carries (docs/vendors/sparkloop.md#webhooks). */
		webhookToken: 'sparkloop-sandbox-acme-token',
		campaignId: 'MF12ab34',
		subscribers: 25,
	},
	{
		id: 'globex',
		key: 'sparkloop-sandbox-globex',
		webhookToken: 'sparkloop-sandbox-globex-token',
		campaignId: 'MF98zy76',
		subscribers: 5,
	},
];
