import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { authenticateWithBearer } from '../nodes/shared/credential/authenticate';
import { rateLimitFields } from '../nodes/shared/credential/rateLimit';
import { credentialTest } from '../nodes/shared/credential/credentialTest';
import { rotatedSecretFields } from '../nodes/shared/credential/rotatedSecret';
import { webhookFields } from '../nodes/shared/credential/webhookFields';

/** An address that no lead can have: RFC 2606 keeps .invalid free. */
const NOBODY = 'credential-test@leadwire.invalid';

export class SparaApi implements ICredentialType {
	name = 'sparaApi';

	displayName = 'Spara API';

	icon: Icon = { light: 'file:../icons/spara.svg', dark: 'file:../icons/spara.dark.svg' };

	documentationUrl =
		'https://github.com/leadwire/n8n-nodes-leadwire/blob/main/docs/nodes/spara.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'From the Spara dashboard',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.spara.co/v1',
			description: 'Change it only to test against a server of your own',
		},
		...rateLimitFields({
			description:
				'Whether your account has a rate limit that you know. Without it the node finds the limit out by itself and stays under it.',
			requests: 60,
			seconds: 60,
		}),
		...webhookFields(
			'Whether this credential is for the Spara Trigger too, which has to know genuine events',
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
							name: 'Signature (HMAC SHA-256)',
							value: 'hmac',
							description: 'A header holds a signature of the body',
						},
						{
							name: 'Token in Header',
							value: 'header',
							description: 'A header holds a secret that you chose',
						},
						{
							name: 'Token in URL',
							value: 'query',
							description: 'The URL that you enter in Spara ends in ?token= and a secret that you chose',
						},
					],
					default: 'query',
					description: 'How the Spara Trigger knows that an event comes from Spara',
				},
				...rotatedSecretFields({
					displayName: 'Webhook Secret',
					name: 'webhookSecret',
					description:
						'The token, or the key of the signature. Without it the Spara Trigger refuses every event.',
					displayOptions: { hide: { webhookVerification: ['none'] } },
				}),
				{
					displayName: 'Header Name',
					name: 'webhookHeader',
					type: 'string',
					default: 'X-Webhook-Token',
					description: 'The header that holds the token or signature',
					displayOptions: { show: { webhookVerification: ['header', 'hmac'] } },
				},
				{
					displayName: 'Signature Encoding',
					name: 'webhookEncoding',
					type: 'options',
					options: [
						{ name: 'Base64', value: 'base64' },
						{ name: 'Hex', value: 'hex' },
					],
					default: 'hex',
					displayOptions: { show: { webhookVerification: ['hmac'] } },
				},
				{
					displayName: 'Signature Prefix',
					name: 'webhookPrefix',
					type: 'string',
					default: '',
					placeholder: 'e.g. sha256=',
					description: 'What stands before the signature in the header, if anything',
					displayOptions: { show: { webhookVerification: ['hmac'] } },
				},
			],
		),
	];

	authenticate = authenticateWithBearer;

	test: ICredentialTestRequest = credentialTest({
		vendor: 'Spara',
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/leads/search', qs: { email: NOBODY } },
		answerKey: 'object',
	});
}
