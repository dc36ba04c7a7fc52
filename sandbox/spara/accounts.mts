/** The accounts the sandbox starts with. Keys and ids are fixed, so that examples and tests can name them. */
export const accounts = [
	{
		id: 'acme',
		key: 'spara-sandbox-acme',
		leads: 25,
		agents: [
			{
				id: '3f0c5a1e-7b2d-4c98-9e11-5a6b7c8d9e0f',
				name: 'Qualifier',
				published: true,
				phoneNumber: '+14155550100',
			},
			{ id: '8d2e4b60-1c3f-4f57-a8b9-0e1d2c3b4a59', name: 'Agent without a number', published: true },
			{
				id: 'c47a9e12-5d80-4b36-92fe-7f6e5d4c3b2a',
				name: 'Unpublished agent',
				published: false,
				phoneNumber: '+14155550101',
			},
		],
	},
	{
		id: 'globex',
		key: 'spara-sandbox-globex',
		leads: 5,
		agents: [
			{
				id: 'e5b1d7f3-2a4c-4e68-8b0d-9c8b7a6f5e4d',
				name: 'Globex caller',
				published: true,
				phoneNumber: '+14155550102',
			},
		],
	},
];
