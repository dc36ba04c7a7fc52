import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { authenticateWith } from '../nodes/shared/credential/authenticate';
import { rateLimitFields } from '../nodes/shared/credential/rateLimit';
import { credentialTest } from '../nodes/shared/credential/credentialTest';
import { rotatedSecretFields } from '../nodes/shared/credential/rotatedSecret';
import { webhookFields } from '../nodes/shared/credential/webhookFields';

export class SparkLoopApi implements ICredentialType {
	name = 'sparkLoopApi';

	displayName = 'SparkLoop API';

	icon: Icon = { light: 'file:../icons/sparkloop.svg', dark: 'file:../icons/sparkloop.dark.svg' };

	documentationUrl =
		'https://github.com/leadwire/n8n-nodes-leadwire/blob/main/docs/nodes/sparkloop.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'From SparkLoop, under Account Settings > Integrations (on older accounts: the account page)',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.sparkloop.app/v2',
			description: 'Change it only to test against a server of your own',
		},
		...rateLimitFields({
			description:
				'Whether your account has another rate limit than 60 requests in 60 seconds, such as 120. Everything with this API key shares it, other programs included.',
			requests: 120,
			seconds: 60,
		}),
		...webhookFields(
			'Whether this credential is for the SparkLoop Trigger too, which has to know genuine events',
			[
				{
					displayName: 'Webhook Verification',
					name: 'webhookVerification',
					type: 'options',
					options: [
						{
							name: 'None (Insecure)',
							value: 'none',
							description: 'Anybody who knows the URL can start your workflow',
						},
						{
							name: 'Token',
							value: 'token',
							description: 'SparkLoop sends the token of your account with every event',
						},
					],
					default: 'token',
					description: 'How the SparkLoop Trigger knows that an event comes from SparkLoop',
				},
				...rotatedSecretFields({
					displayName: 'Webhook Token',
					name: 'webhookToken',
					description:
						'From SparkLoop, under Account Settings > Integrations > Webhooks. Without it the SparkLoop Trigger refuses every event.',
					displayOptions: { show: { webhookVerification: ['token'] } },
				}),
			],
		),
	];

	authenticate = authenticateWith(({ apiKey }) => ({ 'X-Api-Key': String(apiKey ?? '') }));

	test: ICredentialTestRequest = credentialTest({
		vendor: 'SparkLoop',
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/campaigns' },
		answerKey: 'campaigns',
	});
}
