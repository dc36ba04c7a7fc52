import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { authenticateWith } from '../nodes/shared/credential/authenticate';
import { rateLimitFields } from '../nodes/shared/credential/rateLimit';
import { credentialTest } from '../nodes/shared/credential/credentialTest';
import { rotatedSecretFields } from '../nodes/shared/credential/rotatedSecret';
import { webhookFields } from '../nodes/shared/credential/webhookFields';

export class ActiveProspectApi implements ICredentialType {
	name = 'activeProspectApi';

	displayName = 'ActiveProspect API';

	icon: Icon = {
		light: 'file:../icons/activeprospect.svg',
		dark: 'file:../icons/activeprospect.dark.svg',
	};

	documentationUrl =
		'https://github.com/leadwire/n8n-nodes-leadwire/blob/main/docs/nodes/activeprospect.md#credential';

	properties: INodeProperties[] = [
		{
			displayName:
				'Most LeadConduit accounts need this credential: it is for keys of account.activeprospect.com. If your LeadConduit documentation speaks of bearer keys and /api/v1, use the credential LeadConduit API and its nodes.',
			name: 'dialectNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'From account.activeprospect.com, Settings > Technical. One key serves every ActiveProspect product of the account.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://app.leadconduit.com',
			description: 'Change it only to test against a server of your own',
		},
		{
			displayName: 'SuppressionList URL',
			name: 'suppressionListUrl',
			type: 'string',
			default: 'https://app.suppressionlist.com',
			description: 'The same for suppression lists, which have an address of their own',
		},
		...rateLimitFields({
			description:
				'Whether your account has a rate limit that you know. ActiveProspect documents none; without it the node finds one out by itself.',
			requests: 600,
			seconds: 60,
		}),
		...webhookFields(
			'Whether this credential is for the ActiveProspect Trigger too, which has to know genuine deliveries',
			[
				{
					displayName: 'Webhook Verification',
					name: 'webhookVerification',
					type: 'options',
					options: [
						{
							name: 'Basic Authentication',
							value: 'basic',
							description: 'The recipient step sends the secret as basic_password, with any user name',
						},
						{
							name: 'Header',
							value: 'header',
							description: 'The recipient step sends the secret in the header X-LeadConduit-Token',
						},
						{
							name: 'None (Insecure)',
							value: 'none',
							description:
								'Anybody who knows the URL can start your workflow. Its events are marked "verified: false".',
						},
						{
							name: 'Query Parameter',
							value: 'query',
							description:
								'The URL of the step ends in ?token= and the secret, for steps that can send no headers',
						},
					],
					default: 'header',
					description: 'How the ActiveProspect Trigger knows that a delivery comes from your flow',
				},
				...rotatedSecretFields({
					displayName: 'Webhook Secret',
					name: 'webhookSecret',
					description:
						'A long random text that you make up and enter in the recipient step too. Without it the ActiveProspect Trigger refuses every delivery.',
					displayOptions: { show: { webhookVerification: ['basic', 'header', 'query'] } },
				}),
			],
		),
	];

	/** The user's name is ignored (docs/vendors/activeprospect.md#authentication). */
	authenticate = authenticateWith(({ apiKey }) => ({
		Authorization: `Basic ${Buffer.from(`API:${String(apiKey ?? '')}`).toString('base64')}`,
	}));

	/** Proves key and plan; answers that hold keys of the account are never asked for. */
	test: ICredentialTestRequest = credentialTest({
		vendor: 'ActiveProspect',
		request: { baseURL: '={{ $credentials.baseUrl }}', url: '/search/leads', qs: { limit: 1 } },
		answerKey: 'hits',
		words: {
			401: 'ActiveProspect did not accept the API key, or its plan has no API access. Copy the key again from account.activeprospect.com, Settings > Technical. A bearer key of the other LeadConduit API belongs in the credential LeadConduit API.',
			404: 'There is no ActiveProspect API at this Base URL. Check the address: it has no path. An address with /api/v1 is of the other LeadConduit API: use the credential LeadConduit API.',
		},
	});
}
