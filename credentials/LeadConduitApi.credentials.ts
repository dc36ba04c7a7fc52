import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { authenticateWithBearer } from '../nodes/shared/credential/authenticate';
import { rateLimitFields } from '../nodes/shared/credential/rateLimit';
import { credentialTest } from '../nodes/shared/credential/credentialTest';
import { rotatedSecretFields } from '../nodes/shared/credential/rotatedSecret';
import { webhookFields } from '../nodes/shared/credential/webhookFields';
import { BASE_URLS } from '../nodes/LeadConduit/addresses';

export class LeadConduitApi implements ICredentialType {
	name = 'leadConduitApi';

	displayName = 'LeadConduit API';

	icon: Icon = { light: 'file:../icons/leadconduit.svg', dark: 'file:../icons/leadconduit.dark.svg' };

	documentationUrl =
		'https://github.com/leadwire/n8n-nodes-leadwire/blob/main/docs/nodes/leadconduit.md#credential';

	properties: INodeProperties[] = [
		{
			displayName:
				'Only for accounts whose LeadConduit documentation speaks of bearer keys and /api/v1. Most accounts have a key of account.activeprospect.com: they need the credential ActiveProspect API and its nodes.',
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
			description: 'From your LeadConduit account. The key has the rights of the user it belongs to.',
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Custom', value: 'custom', description: 'The address below' },
				{ name: 'Production', value: 'production' },
				{ name: 'Sandbox', value: 'sandbox', description: 'Leads are not delivered, nor paid for' },
			],
			default: 'production',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: BASE_URLS.production,
			description: 'With the prefix, but without a slash at the end',
			displayOptions: { show: { environment: ['custom'] } },
		},
		...rateLimitFields({
			description:
				'Whether your account has other rate limits than 1,000 requests an hour and 100 a minute. A batch of leads is one request.',
			requests: 1000,
			seconds: 3600,
		}),
		{
			displayName: 'Burst Requests',
			name: 'burstLimitRequests',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 100,
			description: 'How many of them the account may send in the shorter time below',
			displayOptions: { show: { limitRate: [true] } },
		},
		{
			displayName: 'Burst Per Seconds',
			name: 'burstLimitSeconds',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60,
			displayOptions: { show: { limitRate: [true] } },
		},
		...webhookFields(
			'Whether this credential is for the LeadConduit Trigger too, which has to know genuine events',
			[
				{
					displayName: 'Webhook Verification',
					name: 'webhookVerification',
					type: 'options',
					options: [
						{
							name: 'None (Insecure)',
							value: 'none',
							description:
								'Anybody who knows the URL can start your workflow. Its events are marked "verified: false".',
						},
						{
							name: 'Signature (HMAC SHA-256)',
							value: 'signature',
							description: 'The body holds a signature of itself',
						},
					],
					default: 'signature',
					description: 'How the LeadConduit Trigger knows that an event comes from LeadConduit',
				},
				...rotatedSecretFields({
					displayName: 'Webhook Secret',
					name: 'webhookSecret',
					description: 'The key of the signature. Without it the LeadConduit Trigger refuses every event.',
					displayOptions: { show: { webhookVerification: ['signature'] } },
				}),
			],
		),
	];

	authenticate = authenticateWithBearer;

	test: ICredentialTestRequest = credentialTest({
		vendor: 'LeadConduit',
		request: {
			baseURL: `={{ (${JSON.stringify(BASE_URLS)})[$credentials.environment] ?? $credentials.baseUrl }}`,
			url: '/flows',
		},
		answerKey: 'flows',
		words: {
			401: 'LeadConduit did not accept the API key. Copy it again from LeadConduit: it may be incomplete, revoked, or belong to the other environment. Accounts whose plan comes without the API are refused in the same way. A key of account.activeprospect.com belongs in the credential ActiveProspect API.',
			404: 'There is no LeadConduit API with /api/v1 at this address. Check Environment and Base URL. A key of account.activeprospect.com belongs in the credential ActiveProspect API, whose address has no path.',
		},
	});
}
