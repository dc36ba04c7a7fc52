import { rotatedSecretFields, statedSecrets } from '../../../nodes/shared/credential/rotatedSecret.ts';

describe('a secret that can be changed without losing events', () => {
	const displayOptions = { show: { webhookVerification: ['token'] } };

	it('has a field for itself and one for the secret before it, shown together and both masked', () => {
		const fields = rotatedSecretFields({
			displayName: 'Webhook Token',
			name: 'webhookToken',
			displayOptions,
		});
		expect(fields).toMatchObject([
			{ displayName: 'Webhook Token', name: 'webhookToken', displayOptions, typeOptions: { password: true } },
			{
				displayName: 'Previous Webhook Token',
				name: 'previousWebhookToken',
				displayOptions,
				typeOptions: { password: true },
				description: 'Accepted too, so that you can change the token without losing events',
			},
		]);
	});

	it.each([
		[{ webhookToken: 'new', previousWebhookToken: 'old' }, ['new', 'old']],
		[{ webhookToken: '', previousWebhookToken: 'old' }, ['old']],
		[{ webhookToken: 'new' }, ['new']],
		[{}, []],
	])('is read from %p as %p', (credential, secrets) => {
		expect(statedSecrets(credential, 'webhookToken')).toEqual(secrets);
	});
});
