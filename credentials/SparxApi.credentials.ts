import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { authenticateWithBearer } from '../nodes/shared/credential/authenticate';
import { rateLimitFields } from '../nodes/shared/credential/rateLimit';
import { credentialTest } from '../nodes/shared/credential/credentialTest';
import { rotatedSecretFields } from '../nodes/shared/credential/rotatedSecret';
import { webhookFields } from '../nodes/shared/credential/webhookFields';

export class SparxApi implements ICredentialType {
	name = 'sparxApi';

	displayName = 'Sparx API';

	icon: Icon = { light: 'file:../icons/sparx.svg', dark: 'file:../icons/sparx.dark.svg' };

	documentationUrl =
		'https://github.com/leadwire/n8n-nodes-leadwire/blob/main/docs/nodes/sparx.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. sk_live_...',
			description: 'From Settings > AI integrations in Sparx. Tick the scopes read:crm and write:crm.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.sparx.works/v1',
			description: 'Change it only to test against a server of your own',
		},
		...rateLimitFields({
			description:
				'Whether your account has a rate limit that you know. Without it the node finds the limit out by itself and stays under it.',
			requests: 600,
			seconds: 60,
		}),
		...webhookFields(
			'Whether this credential is for a Sparx Trigger whose subscription an admin made by hand. Triggers that register themselves need nothing here.',
			[
				...rotatedSecretFields({
					displayName: 'Signing Secret',
					name: 'signingSecret',
					placeholder: 'e.g. whsec_...',
					description:
						'Only for webhook subscriptions that somebody made by hand: the secret that Sparx showed once. Triggers that register themselves keep their own.',
				}),
			],
		),
	];

	authenticate = authenticateWithBearer;

	/** Needs the least right, and no module of the account. */
	test: ICredentialTestRequest = credentialTest({
		vendor: 'Sparx',
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/webhooks/subscriptions' },
		answerKey: 'success',
	});
}
