import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { authenticateWithBearer } from '../nodes/shared/credential/authenticate';
import { rateLimitFields } from '../nodes/shared/credential/rateLimit';
import { credentialTest } from '../nodes/shared/credential/credentialTest';
import { webhookFields } from '../nodes/shared/credential/webhookFields';

export class LeadiosaApi implements ICredentialType {
	name = 'leadiosaApi';

	displayName = 'Leadiosa API';

	icon: Icon = { light: 'file:../icons/leadiosa.svg', dark: 'file:../icons/leadiosa.dark.svg' };

	documentationUrl =
		'https://github.com/leadwire/n8n-nodes-leadwire/blob/main/docs/nodes/leadiosa.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Token',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'From Leadiosa: Settings > API > Tokens. It belongs to one workspace. Some operations need the token of an owner.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://leadiosa.com/api/v1',
			description: 'Change it only to test against a server of your own',
		},
		...rateLimitFields({
			description:
				'Whether your plan has another rate limit than 300 requests a minute. If Leadiosa tells of a lower one, the node keeps to that without being told.',
			requests: 300,
			seconds: 60,
		}),
		...webhookFields(
			'Whether to state a webhook secret. Usually not: the Leadiosa Trigger registers itself and gets its secret from Leadiosa.',
			[
				{
					displayName: 'Webhook Secret',
					name: 'webhookSecret',
					type: 'string',
					typeOptions: { password: true },
					default: '',
					description:
						'Usually empty: the Leadiosa Trigger registers itself and gets its secret from Leadiosa. Needed only if Leadiosa does not give one.',
				},
			],
		),
	];

	authenticate = authenticateWithBearer;

	/** The read that Leadiosa's documentation shows for a token, and the shape by which Leadiosa is known. */
	test: ICredentialTestRequest = credentialTest({
		vendor: 'Leadiosa',
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/conversations', qs: { limit: 1 } },
		answerKey: 'pagination',
		words: {
			403: 'Leadiosa knows this API token, but does not allow it to read conversations. Use the token of a user with more rights, and check that your Leadiosa plan includes the API.',
		},
	});
}
