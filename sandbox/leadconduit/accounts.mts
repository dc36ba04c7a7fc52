/** The accounts the sandbox starts with. Keys, ids and secrets are fixed, so that examples and tests can name them. */
export const accounts = [
	{
		id: 'acme',
		key: 'leadconduit-sandbox-acme',
		/** May read, but neither submit nor change settings. */
		readOnlyKey: 'leadconduit-sandbox-acme-reader',
		webhookSecret: 'leadconduit-sandbox-acme-webhooks',
		leads: 240,
		flows: [
			{
				id: 'flow_solar',
				name: 'Solar',
				requiredFields: ['first_name', 'last_name', 'email', 'phone', 'state'],
				states: ['TX', 'CA', 'NY'],
			},
			{
				id: 'flow_roofing',
				name: 'Roofing',
				requiredFields: ['email', 'phone', 'postal_code', 'custom_field_77'],
			},
			{ id: 'flow_plain', name: 'Plain intake', requiredFields: ['email'] },
		],
	},
	{
		id: 'globex',
		key: 'leadconduit-sandbox-globex',
		readOnlyKey: 'leadconduit-sandbox-globex-reader',
		webhookSecret: 'leadconduit-sandbox-globex-webhooks',
		leads: 5,
		flows: [{ id: 'flow_globex', name: 'Globex', requiredFields: ['email'] }],
	},
];

export type AccountSeed = (typeof accounts)[number];
