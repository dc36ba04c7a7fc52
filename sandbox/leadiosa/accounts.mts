export type Role = 'owner' | 'operator';

/** The workspaces the sandbox starts with. Tokens and ids are fixed, so that examples and tests can name them. */
export const accounts = [
	{
		id: 'ws_acme',
		tokens: [
			{ key: 'leadiosa-sandbox-acme', role: 'owner' as Role },
			{ key: 'leadiosa-sandbox-acme-operator', role: 'operator' as Role },
		],
		contacts: 30,
	},
	{ id: 'ws_globex', tokens: [{ key: 'leadiosa-sandbox-globex', role: 'owner' as Role }], contacts: 5 },
];

/** The operators of every workspace. */
export const operators = ['op_1', 'op_2'];
