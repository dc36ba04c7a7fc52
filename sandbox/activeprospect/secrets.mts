/**
 * What answers hold of keys and passwords (docs/vendors/activeprospect.md#secrets-in-answers), each found nowhere by
 * accident, so that a client's outputs, errors and logs can be searched for it.
 */
export const answerSecrets = {
	api_key: 'answer-api-key-7f21',
	keen_read_api_key: 'answer-keen-read-7f22',
	keen_write_api_key: 'answer-keen-write-7f23',
	password: 'answer-password-7f24',
	access_token: 'answer-access-token-7f25',
	refresh_token: 'answer-refresh-token-7f26',
	secret_access_key: 'answer-secret-access-key-7f27',
	token: 'answer-token-7f28',
	webhook_url: 'https://hooks.shop.example/answer-webhook-url-7f29',
	/** In headers of captured requests: of a step by its Basic authentication, and of a source. */
	stepAuthorization: 'Basic YW5zd2VyOnN0ZXAtN2YyYQ==',
	sourceAuthorization: 'Basic YW5zd2VyOnNvdXJjZS03ZjJi',
	/** In mappings of a step, and in the address that it calls. */
	mapping: 'answer-mapping-password-7f2c',
	addressToken: 'answer-address-token-7f2d',
	shareToken: 'answer-share-token-7f2e',
} as const;

const { api_key, keen_read_api_key, keen_write_api_key, webhook_url, ...rest } = answerSecrets;
const { password, access_token, refresh_token, secret_access_key, token } = rest;

/** A credential that a step uses, as events and `/credentials` show it. */
export const credential = {
	id: '66aa10f2c0ffee0000000041',
	name: 'CRM login',
	type: 'user',
	user: 'crm',
	password,
	access_token,
	refresh_token,
	secret_access_key,
	token,
};

/** Answers that are nothing but secret, of calls that the node has no operation for; `Send API request` reaches them. */
export const secretAnswers: Record<string, () => object> = {
	'/user': () => ({ id: '66aa10f2c0ffee0000000042', email: 'owner@shop.example', api_key }),
	'/account': () => ({
		id: '66aa10f2c0ffee0000000043',
		name: 'Acme',
		api_key,
		keen_read_api_key,
		keen_write_api_key,
	}),
	'/credentials': () => [credential],
	'/destinations': () => [
		{
			name: 'CRM',
			integration_name: 'Custom JSON',
			instance_id: 'i1',
			actions: [{ name: 'deliver', action_id: 'a1', webhook_url }],
		},
	],
	'/changelogs': () => [{ id: '66aa10f2c0ffee0000000044', user: { name: 'Owner', api_key }, changes: {} }],
};
