import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'flatted';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { N8nVersion } from '../../lab/n8n.mts';
import {
	waitUntilRegistered,
	webhookUrl,
	type Credential,
	type Execution,
	type Workflow,
} from '../../lab/rest.mts';
import { openStage, type Stage } from './stage.mts';
import { chain, leadwireNode, manual, MANUAL_TRIGGER } from '../../lab/workflows.mts';

const versions: N8nVersion[] = ['2.40.7', '1.123.81'];
const WRONG_KEY = 'sparkloop-sandbox-wrong-key';

const byId = (value: string): IDataObject => ({ __rl: true, mode: 'id', value });
const reader = (index: number): string => `reader-${index}@news.example`;
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(2000, 0xff)]);

const campaignId = byId('MF12ab34');
const upscribeId = byId('upscribe_acme_1');
const recommendation = { upscribeId, recommendationId: byId('partner_campaign_acme_2') };
const programId = byId('partner_program_acme_1');

/** Every operation that needs nothing from another one: its parameters, and what its first record is like. */
const operations: Array<[string, IDataObject, IDataObject]> = [
	[
		'subscriber.create',
		{ email: 'new@n8n.example', additionalFields: { name: 'Ada Lovelace' } },
		{ email: 'new@n8n.example', lastName: 'Lovelace' },
	],
	['subscriber.get', { subscriberId: reader(1) }, { platform: 'sparkloop', email: reader(1) }],
	['subscriber.getMany', { limit: 2, filters: { type: 'referrals' } }, { platform: 'sparkloop' }],
	[
		'subscriber.update',
		{ subscriberId: reader(1), updateFields: { name: 'Grace Hopper' } },
		{ firstName: 'Grace' },
	],
	[
		'subscriber.upsert',
		{ email: reader(2), additionalFields: { name: 'Alan Turing' } },
		{ lastName: 'Turing', created: false },
	],
	['subscriber.unsubscribe', { subscriberId: reader(3) }, { email: reader(3) }],
	['subscriber.reject', { subscriberId: reader(5) }, { status: 'rejected' }],
	['subscriber.delete', { subscriberId: reader(6) }, { deleted: true }],
	['subscriber.recordEvent', { subscriberId: reader(1), campaignId, value: 9.5 }, { value: 9.5 }],
	['campaign.get', { campaignId }, { uuid: 'MF12ab34' }],
	['campaign.getMany', {}, { uuid: 'MF12ab34' }],
	['campaign.update', { campaignId, updateFields: { name: 'Renamed' } }, { name: 'Renamed' }],
	['campaign.getSubscribers', { campaignId }, { platform: 'sparkloop' }],
	['partnerProfile.get', {}, { uuid: 'partner_acme' }],
	['partnerCampaign.get', { partnerCampaignId: byId('partner_campaign_acme_1') }, { cpaDollars: 2.5 }],
	['partnerCampaign.getMany', {}, { id: 'partner_campaign_acme_3' }],
	['publication.get', { publicationId: byId('pub_acme_1') }, { id: 'pub_acme_1' }],
	['publication.getMany', {}, { id: 'pub_acme_2' }],
	[
		'publication.update',
		{ publicationId: byId('pub_acme_1'), updateFields: { status: 'archived' } },
		{ status: 'archived' },
	],
	['publication.delete', { publicationId: byId('pub_acme_2') }, { deleted: true }],
	['partnerProgram.get', { partnerProgramId: programId }, { cpaDollars: 2.5 }],
	['partnerProgram.getMany', {}, { id: 'partner_program_acme_2' }],
	['partnerProgram.update', { partnerProgramId: programId, updateFields: { cpa: 3 } }, { cpaDollars: 3 }],
	[
		'partnerProgram.getReferrals',
		{ partnerProgramId: programId },
		{ platform: 'sparkloop', id: 'referred-5@acme.example' },
	],
	['partnerNetwork.getPublications', {}, { id: 'pub_initech_3' }],
	['partnerNetwork.getPublication', { publicationId: byId('pub_initech_1') }, { id: 'pub_initech_1' }],
	['partnerNetwork.recommend', { publicationId: byId('pub_initech_1') }, { publicationId: 'pub_initech_1' }],
	['partnerNetwork.getPrograms', {}, { id: 'partner_program_initech_3' }],
	['partnerNetwork.getProgram', { partnerProgramId: byId('partner_program_initech_1') }, { cpaDollars: 1 }],
	[
		'partnerNetwork.join',
		{ partnerProgramId: byId('partner_program_initech_1'), reason: 'It fits' },
		{ status: 'draft' },
	],
	['upscribe.get', { upscribeId }, { id: 'upscribe_acme_1' }],
	['upscribe.getMany', {}, { id: 'upscribe_acme_1' }],
	['upscribe.update', { upscribeId, updateFields: { autoPilot: true } }, { autoPilot: true }],
	[
		'upscribe.subscribe',
		{ upscribeId, subscriberEmail: 'a@n8n.example', countryCode: 'US', recommendations: 'code1' },
		{ subscribed: true },
	],
	['recommendation.getMany', { upscribeId }, { cpaDollars: 2.5 }],
	['recommendation.generate', { upscribeId, additionalFields: { countryCode: 'US' } }, { status: 'active' }],
	['recommendation.update', { ...recommendation, reason: 'Great' }, { id: 'partner_campaign_acme_2' }],
	['recommendation.pin', recommendation, { pinned: true }],
	['recommendation.unpin', recommendation, { pinned: false }],
	['recommendation.pause', recommendation, { status: 'paused' }],
	['recommendation.unpause', recommendation, { status: 'active' }],
	['offer.get', { offerId: byId('offer_acme_1') }, { cpaDollars: 12.5 }],
	['offer.getMany', {}, { id: 'offer_acme_2' }],
	[
		'offer.trackConversion',
		{ offerId: byId('offer_acme_2'), submissionId: 'submission_acme_1' },
		{ converted: true },
	],
	['apiRequest.send', { method: 'GET', path: '/campaigns' }, { campaigns: [expect.anything()] }],
	['apiRequest.getMany', { path: '/subscribers', limit: 3 }, { uuid: expect.stringMatching(/^sub_/) }],
];

/** Waits for what n8n does in the background; at most 20 s. */
async function until(isSo: () => boolean): Promise<void> {
	for (let waits = 0; waits < 200 && !isSo(); waits++) await sleep(100);
	expect(isSo()).toBe(true);
}

describe.each(versions)('SparkLoop on n8n %s', (version) => {
	let stage: Stage;
	let credential: Credential;
	const executions: Execution[] = [];

	const account = () => stage.sandbox.sparkloop.accounts()[0];

	const createCredential = async (apiKey: string) =>
		await stage.editor.createCredential('sparkLoopApi', 'SparkLoop', {
			apiKey,
			baseUrl: `${stage.sandboxUrl}/sparkloop/v2`,
			limitRate: true,
			rateLimitRequests: 100_000,
			rateLimitSeconds: 60,
			webhookToken: account().webhookToken,
		});

	/** Runs one operation, named like "subscriber.get", over the items in a workflow of its own. */
	const execute = async (
		name: string,
		parameters: IDataObject,
		items: INodeExecutionData[],
		withCredential = credential,
	) => {
		const [resource, operation] = name.split('.');
		const node = leadwireNode('SparkLoop', 'sparkLoop', 'sparkLoopApi', {
			resource,
			operation,
			...parameters,
		});
		const file = { ...manual([], node), pinData: { [MANUAL_TRIGGER]: items } };
		const workflow = await stage.editor.createWorkflow(file, [withCredential]);
		const execution = await stage.editor.run(workflow, MANUAL_TRIGGER);
		executions.push(execution);
		return execution;
	};

	/** The items that the operation gives; fails with the node's error when there is one. */
	const output = async (
		name: string,
		parameters: IDataObject,
		items: INodeExecutionData[] = [{ json: {} }],
	) => {
		const { data } = await execute(name, parameters, items);
		expect(data.resultData.error).toBeUndefined();
		return data.resultData.runData.SparkLoop[0].data?.main[0] ?? [];
	};

	beforeAll(async () => {
		stage = await openStage(version);
		stage.sandbox.sparkloop.limit({ name: 'general', windows: [] });
		credential = await createCredential(account().key);
	}, 180_000);

	afterAll(async () => await stage?.close(), 30_000);

	it('loads both nodes, and the action node as a tool too', async () => {
		const names = (await stage.editor.nodeTypes()).map(({ name }) => name);
		expect(names).toEqual(
			expect.arrayContaining(
				['sparkLoop', 'sparkLoopTool', 'sparkLoopTrigger'].map((name) => `n8n-nodes-leadwire.${name}`),
			),
		);
	});

	it('tests the credential: green with the right key, red with a wrong one', async () => {
		expect(await stage.editor.testCredential(credential)).toMatchObject({ status: 'OK' });
		expect(await stage.editor.testCredential(await createCredential(WRONG_KEY))).toMatchObject({
			status: 'Error',
		});
	});

	it.each(operations)('%s', async (name, parameters, first) => {
		const items = await output(name, parameters);
		expect(items[0]).toEqual({ json: expect.objectContaining(first), pairedItem: { item: 0 } });
	});

	it('links what several items give to each of them', async () => {
		const items = await output('subscriber.get', { subscriberId: '={{ $json.email }}' }, [
			{ json: { email: reader(8) } },
			{ json: { email: reader(7) } },
		]);
		expect(items).toEqual([
			{ json: expect.objectContaining({ email: reader(8) }), pairedItem: { item: 0 } },
			{ json: expect.objectContaining({ email: reader(7) }), pairedItem: { item: 1 } },
		]);
	});

	it('lists the referrals of an advocate', async () => {
		const { subscribers } = stage.sandbox.sparkloop;
		const referred = subscribers().find(({ referrer_code: code }) => code !== null);
		const advocate = subscribers().find(({ ref_code: code }) => code === referred?.referrer_code);
		const items = await output('campaign.getReferrals', {
			campaignId,
			subscriberId: advocate?.uuid,
			returnAll: true,
		});
		expect(items.map(({ json }) => json.email)).toContain(referred?.email);
	});

	it('adds a member to a campaign and removes it', async () => {
		const [{ json }] = await output('campaign.addMember', { campaignId, subscriberId: reader(9) });
		const [removed] = await output('campaign.removeMember', {
			campaignId,
			membershipId: json.uuid as string,
		});
		expect(removed.json).toEqual({ deleted: true });
	});

	it('creates a publication with its logo', async () => {
		const binary = { data: { data: png.toString('base64'), mimeType: 'image/png', fileName: 'logo.png' } };
		const parameters = {
			name: 'From n8n',
			categories: 'Technology',
			logoBinaryField: 'data',
			incomeLevels: '50k-100k',
			ageRanges: '25-34',
		};
		const [{ json }] = await output('publication.create', parameters, [{ json: {}, binary }]);
		expect(json).toMatchObject({ name: 'From n8n', categories: ['Technology'] });
		expect(stage.sandbox.sparkloop.partner().publications[0]).toMatchObject({
			name: 'From n8n',
			logo_bytes: png.length,
		});
	});

	it('manages webhooks', async () => {
		const [{ json: created }] = await output('webhook.create', {
			url: 'https://x.example/hook',
			events: ['new_referral'],
		});
		const webhookId = byId(created.id as string);
		expect((await output('webhook.get', { webhookId }))[0].json).toEqual(created);
		expect((await output('webhook.getMany', {}))[0].json).toEqual(created);
		const [{ json: updated }] = await output('webhook.update', {
			webhookId,
			updateFields: { events: ['reward_unlocked'] },
		});
		expect(updated.events).toEqual(['reward_unlocked']);
		expect((await output('webhook.delete', { webhookId }))[0].json).toEqual({ deleted: true });
	});

	it.each([
		{
			cause: 'an unknown subscriber',
			keyOf: () => account().key,
			httpCode: '404',
			says: 'Subscriber nobody@n8n.example not found!',
		},
		{ cause: 'a wrong key', keyOf: () => WRONG_KEY, httpCode: '401', says: 'User not found!' },
	])('fails on $cause with the reason and the way out', async ({ keyOf, httpCode, says }) => {
		const parameters = { subscriberId: 'nobody@n8n.example' };
		const { status, data } = await execute(
			'subscriber.get',
			parameters,
			[{ json: {} }],
			await createCredential(keyOf()),
		);
		expect(status).toBe('error');
		expect(data.resultData.error).toMatchObject({
			httpCode,
			message: expect.stringContaining(says),
			description: expect.any(String),
		});
	});

	describe('the trigger', () => {
		let workflow: Workflow;
		let url: string;

		const registered = () => stage.sandbox.sparkloop.hooks().filter((hook) => hook.url === url);
		const deliver = async (variant: 'genuine' | 'forged' | 'unsigned' | 'repeated', subscriber: string) => {
			const [{ status, accepted }] = await stage.sandbox.sparkloop.emit({
				event: 'new_referral',
				subscriber,
				variant,
			});
			return { status, accepted };
		};

		beforeAll(async () => {
			const trigger = leadwireNode('SparkLoop Trigger', 'sparkLoopTrigger', 'sparkLoopApi', {
				events: ['new_referral', 'new_offer_lead'],
			});
			const get = leadwireNode('Get subscriber', 'sparkLoop', 'sparkLoopApi', {
				resource: 'subscriber',
				operation: 'get',
				subscriberId: '={{ $json.lead.id }}',
			});
			workflow = await stage.editor.createWorkflow(chain('Triggered', [trigger, get]), [credential]);
			url = webhookUrl(stage.n8n.url, workflow, trigger.name);
		}, 30_000);

		it('says why where SparkLoop refuses the URL', async () => {
			const trigger = leadwireNode('SparkLoop Trigger', 'sparkLoopTrigger', 'sparkLoopApi', {});
			const refused = await stage.editor.createWorkflow(chain('Refused', [trigger]), [credential]);
			// n8n 1.x answers with what to do; 2.x registers in the background and writes the reason to its log.
			const answer = await stage.editor.activate(refused).catch((error: Error) => error.message);
			await until(() =>
				/Url must start with https|Account Settings > Integrations/.test(`${answer} ${stage.n8n.log()}`),
			);
			expect(stage.sandbox.sparkloop.hooks()).toEqual([]);
			await stage.editor.deactivate(refused);
		}, 30_000);

		it('registers itself when the workflow is published', async () => {
			stage.sandbox.sparkloop.configure({ httpsOnly: false });
			await stage.editor.activate(workflow);
			await waitUntilRegistered(url);
			await until(() => registered().length > 0);
			expect(registered()).toEqual([
				expect.objectContaining({
					events: expect.objectContaining({ new_referral: true, reward_unlocked: false }),
				}),
			]);
		}, 30_000);

		it('refuses forged and unsigned deliveries; runs a genuine one once, answered 200 and empty', async () => {
			expect(await deliver('forged', reader(10))).toEqual({ status: 401, accepted: false });
			expect(await deliver('unsigned', reader(10))).toEqual({ status: 401, accepted: false });
			expect(await deliver('genuine', reader(10))).toEqual({ status: 200, accepted: true });
			expect(await deliver('repeated', reader(10))).toEqual({ status: 200, accepted: true });
			// The last delivery's run comes after any run that those before it started.
			expect(await deliver('genuine', reader(11))).toEqual({ status: 200, accepted: true });

			const runs = await stage.editor.awaitExecutions(workflow, 2);
			executions.push(...runs);
			expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
			const [first, second] = runs.map((run) => run.data.resultData.runData);
			expect(first['SparkLoop Trigger'][0].data?.main[0]).toEqual([
				{
					json: expect.objectContaining({
						platform: 'sparkloop',
						event: 'new_referral',
						lead: expect.objectContaining({ email: reader(10) }),
					}),
					pairedItem: { item: 0 },
				},
			]);
			expect(first['Get subscriber'][0].data?.main[0]?.[0].json).toMatchObject({ email: reader(10) });
			expect(second['Get subscriber'][0].data?.main[0]?.[0].json).toMatchObject({ email: reader(11) });
		}, 30_000);

		it('takes its registration back when the workflow is taken offline', async () => {
			await stage.editor.deactivate(workflow);
			await until(() => registered().length === 0);
		}, 30_000);
	});

	it('leaves no secret in execution data, errors or the log', () => {
		const written = [...executions.map((execution) => stringify(execution)), stage.n8n.log()].join('\n');
		expect(executions.length).toBeGreaterThan(operations.length);
		for (const secret of [account().key, WRONG_KEY, account().webhookToken])
			expect(written).not.toContain(secret);
	});
});
