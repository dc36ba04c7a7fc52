import type { ICredentialType, IDataObject, INodeType } from 'n8n-workflow';
import { ActiveProspectApi } from '../../../credentials/ActiveProspectApi.credentials';
import { LeadConduitApi } from '../../../credentials/LeadConduitApi.credentials';
import { SparaApi } from '../../../credentials/SparaApi.credentials';
import { SparkLoopApi } from '../../../credentials/SparkLoopApi.credentials';
import { SparxApi } from '../../../credentials/SparxApi.credentials';
import { ActiveProspectTrigger } from '../../../nodes/ActiveProspect/ActiveProspectTrigger.node';
import { LeadConduitTrigger } from '../../../nodes/LeadConduit/LeadConduitTrigger.node';
import { SparaTrigger } from '../../../nodes/Spara/SparaTrigger.node';
import { SparkLoopTrigger } from '../../../nodes/SparkLoop/SparkLoopTrigger.node';
import { SparxTrigger } from '../../../nodes/Sparx/SparxTrigger.node';
import { lifecycle, type PlacedTrigger } from '../engine/webhook.mts';

const REGISTERED_BY_HAND = { registration: 'manual' };

interface Case {
	vendor: string;
	trigger: INodeType;
	credentialType: ICredentialType;
	/** The credential's field that holds the secret, and its label. */
	field: string;
	label: string;
	parameters?: PlacedTrigger['parameters'];
	/** Values of the credential with which a secret is needed. */
	verifications: IDataObject[];
}

const cases: Case[] = [
	{
		vendor: 'Spara',
		trigger: new SparaTrigger(),
		credentialType: new SparaApi(),
		field: 'webhookSecret',
		label: 'Webhook Secret',
		verifications: ['hmac', 'header', 'query'].map((webhookVerification) => ({ webhookVerification })),
	},
	{
		vendor: 'ActiveProspect',
		trigger: new ActiveProspectTrigger(),
		credentialType: new ActiveProspectApi(),
		field: 'webhookSecret',
		label: 'Webhook Secret',
		verifications: ['header', 'basic', 'query'].map((webhookVerification) => ({ webhookVerification })),
	},
	{
		vendor: 'LeadConduit',
		trigger: new LeadConduitTrigger(),
		credentialType: new LeadConduitApi(),
		field: 'webhookSecret',
		label: 'Webhook Secret',
		verifications: [{ webhookVerification: 'signature' }],
	},
	{
		vendor: 'SparkLoop',
		trigger: new SparkLoopTrigger(),
		credentialType: new SparkLoopApi(),
		field: 'webhookToken',
		label: 'Webhook Token',
		parameters: REGISTERED_BY_HAND,
		verifications: [{ webhookVerification: 'token' }],
	},
	{
		vendor: 'Sparx',
		trigger: new SparxTrigger(),
		credentialType: new SparxApi(),
		field: 'signingSecret',
		label: 'Signing Secret',
		parameters: REGISTERED_BY_HAND,
		verifications: [{}],
	},
];

describe.each(cases)('a $vendor Trigger', ({ vendor, trigger, credentialType, field, label, ...rest }) => {
	const place = (credential: IDataObject, mode: PlacedTrigger['mode']) =>
		lifecycle({
			trigger,
			credentialTypes: [credentialType],
			credentials: {
				[credentialType.name]: {
					apiKey: 'none',
					baseUrl: 'https://vendor.example',
					receiveEvents: true,
					...credential,
				},
			},
			parameters: rest.parameters,
			mode,
		});

	it.each(['production', 'test'] as const)(
		'without its secret does not start to listen (%s)',
		async (mode) => {
			for (const verification of rest.verifications) {
				const without = place({ ...verification, [field]: '' }, mode);
				const says = `Without "${label}" every event of ${vendor} would be refused. Enter "${label}" in the credential`;
				await expect(without.checkExists()).rejects.toThrow(says);
				await expect(without.create()).rejects.toThrow(says);
				expect(await place({ ...verification, [field]: 'a secret' }, mode).activate()).toBe(true);
			}
		},
	);

	it('says so too where the credential is not made for events', async () => {
		const without = place({ receiveEvents: false, [field]: '' }, 'production');
		await expect(without.activate()).rejects.toThrow('Turn on "Receive Events" in the credential');
	});

	it('can be taken down without its secret', async () => {
		expect(await place({ [field]: '' }, 'production').delete()).toBe(true);
	});

	if (vendor === 'Sparx') return; // It always signs: its credential offers no such choice.
	it('needs none where a person chose to accept what proves nothing', async () => {
		expect(await place({ webhookVerification: 'none' }, 'production').activate()).toBe(true);
	});
});
