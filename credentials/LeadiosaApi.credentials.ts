import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { rateLimitFields } from '../nodes/shared/credential/rateLimit';
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

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	};

	/** The least that a token may do (contract 1), and the shape by which Leadiosa is known. */
	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/conversations', qs: { limit: 1 } },
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'pagination',
					value: undefined,
					message: 'This Base URL does not answer like Leadiosa',
				},
			},
		],
	};
}
