import type { IDataObject } from 'n8n-workflow';
import { ACCOUNT, byId, FAST, openSparkLoop, type SparkLoopRun, type SparkLoopStage } from './stage.mts';

let stage: SparkLoopStage;
beforeAll(async () => (stage = await openSparkLoop({}, FAST)));
afterAll(async () => await stage.close());
beforeEach(() => {
	stage.sandbox.reset();
	stage.sandbox.limit({ name: 'general', windows: [] });
});

const campaignId = byId(ACCOUNT.campaignId);
const upscribeId = byId('upscribe_acme_1');
const programId = byId('partner_program_acme_1');

const run = async (
	operation: string,
	parameters: IDataObject,
	more?: SparkLoopRun,
): Promise<IDataObject[]> => {
	const { error, items, linkedInputs } = await stage.run(operation, parameters, more);
	expect(error).toBeUndefined();
	expect(linkedInputs).not.toContain(null);
	return items.map(({ json }) => json);
};

/** What an operation gives for one item, and that each of two items gives its own, linked to it. */
const one = async (operation: string, parameters: IDataObject): Promise<IDataObject> => {
	const records = await run(operation, parameters);
	expect(records).toHaveLength(1);
	return records[0];
};

const reader = (index: number): string => `reader-${index}@news.example`;
const pending = () =>
	stage.sandbox.subscribers().filter(({ referral_status: status }) => status === 'pending');
const advocate = () =>
	stage.sandbox
		.subscribers()
		.find(({ ref_code: code }) =>
			stage.sandbox.subscribers().some(({ referrer_code: referrer }) => referrer === code),
		);

describe('subscriber', () => {
	it('creates, with every field under its name on the wire, and links each item', async () => {
		const { items, linkedInputs } = await stage.run(
			'subscriber.create',
			{
				email: '={{ $json.email }}',
				additionalFields: {
					name: 'Ada King Lovelace',
					countryCode: 'GB',
					createdAt: '2026-01-02T08:15:00+01:00',
					ipAddress: '203.0.113.7',
					referrerCode: 'aa11',
					userAgent: 'Test',
					utmCampaign: 'spring',
					utmSource: '',
				},
			},
			{ items: [{ email: 'ada+a@x.example' }, { email: 'ada+b@x.example' }] },
		);
		expect(linkedInputs).toEqual([{ email: 'ada+a@x.example' }, { email: 'ada+b@x.example' }]);
		expect(items[1].json).toMatchObject({
			platform: 'sparkloop',
			email: 'ada+b@x.example',
			firstName: 'Ada',
			lastName: 'King Lovelace',
			status: 'verified',
			createdAt: '2026-01-02T07:15:00.000Z',
			customFields: {
				country_code: 'GB',
				referrer_code: 'aa11',
				ip_address: '203.0.113.7',
				utm_campaign: 'spring',
			},
		});
		expect(stage.sandbox.subscriber({ identifier: 'ada+a@x.example' })).toMatchObject({
			utm_source: null,
			user_agent: 'Test',
		});
	});

	it('creates from a lead of another platform', async () => {
		const lead = {
			platform: 'spara',
			id: 'X1',
			email: 'lead@x.example',
			firstName: 'Grace',
			lastName: 'Hopper',
			customFields: { plan: 'pro' },
		};
		const { items } = await stage.run(
			'subscriber.create',
			{ leadData: 'lead', lead: '={{ $json }}' },
			{ items: [lead] },
		);
		expect(items[0].json).toMatchObject({ email: 'lead@x.example', firstName: 'Grace', lastName: 'Hopper' });
	});

	it('reads by ID and by email, encoded', async () => {
		await stage.run('subscriber.create', { email: 'a+b@x.example' });
		const byEmail = await one('subscriber.get', { subscriberId: 'a+b@x.example' });
		expect(await one('subscriber.get', { subscriberId: String(byEmail.id) })).toEqual(byEmail);
	});

	it('lists with a filter, raw too', async () => {
		const referrals = await run('subscriber.getMany', {
			returnAll: true,
			filters: { type: 'referrals', includeCampaigns: true },
		});
		expect(referrals).toHaveLength(4);
		expect(referrals[0].customFields).toHaveProperty('referral_programs');
		const raw = await run('subscriber.getMany', { limit: 3, simplify: false });
		expect(raw).toEqual(stage.sandbox.subscribers().slice(0, 3));
	});

	it('updates', async () => {
		const changed = await one('subscriber.update', {
			subscriberId: reader(1),
			updateFields: { name: 'New Name', email: 'new@x.example' },
		});
		expect(changed).toMatchObject({ email: 'new@x.example', firstName: 'New', lastName: 'Name' });
		await one('subscriber.update', {
			subscriberId: 'new@x.example',
			updateFields: { status: 'unsubscribed' },
		});
		expect(stage.sandbox.isUnsubscribed({ identifier: 'new@x.example' })).toBe(true);
		const { error } = await stage.run('subscriber.update', {
			subscriberId: reader(2),
			updateFields: { name: '' },
		});
		expect(error?.message).toContain('There is nothing to update');
	});

	it('upserts: a new one is created, a known one is read and updated, an invalid one is refused', async () => {
		const parameters = {
			email: '={{ $json.email }}',
			additionalFields: { name: '={{ $json.name }}', countryCode: 'US' },
		};
		const { items } = await stage.run('subscriber.upsert', parameters, {
			items: [
				{ email: 'new@x.example', name: 'First' },
				{ email: reader(1), name: 'Second Name' },
				{ email: 'not an email', name: 'Third' },
			],
			settings: { onError: 'continueRegularOutput' },
		});
		expect(items.map(({ json }) => json)).toEqual([
			expect.objectContaining({ email: 'new@x.example', created: true }),
			expect.objectContaining({ email: reader(1), firstName: 'Second', lastName: 'Name', created: false }),
			expect.objectContaining({ error: expect.stringContaining('did not accept'), details: { status: 400 } }),
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(stage.sandbox.writes({ kind: 'create' })).toEqual({ 'new@x.example': 1 });
	});

	it('upserts once although the first answer is lost', async () => {
		stage.sandbox.addFault({ method: 'POST', count: 1, fault: { kind: 'reset-after' } });
		expect(await one('subscriber.upsert', { email: 'once@x.example' })).toMatchObject({
			email: 'once@x.example',
		});
		expect(stage.sandbox.writes({ kind: 'create' })).toEqual({ 'once@x.example': 1 });
	});

	it('unsubscribes; says so when it was done before, and takes a retry for what it is', async () => {
		await one('subscriber.unsubscribe', { subscriberId: reader(1) });
		const again = await stage.run('subscriber.unsubscribe', { subscriberId: reader(1) });
		expect(again.error).toMatchObject({
			httpCode: '409',
			description: expect.stringContaining('unsubscribed already'),
		});

		stage.sandbox.addFault({ method: 'PUT', count: 1, fault: { kind: 'reset-after' } });
		expect(await one('subscriber.unsubscribe', { subscriberId: reader(2) })).toMatchObject({
			email: reader(2),
		});
		expect(stage.sandbox.writes({ kind: 'unsubscribe' })).toEqual({
			[stage.sandbox.subscriber({ identifier: reader(2) }).uuid]: 1,
			[stage.sandbox.subscriber({ identifier: reader(1) }).uuid]: 1,
		});
	});

	it('rejects pending ones only', async () => {
		const [{ uuid }] = pending();
		expect(await one('subscriber.reject', { subscriberId: uuid })).toMatchObject({
			id: uuid,
			status: 'rejected',
		});
		const { error } = await stage.run('subscriber.reject', { subscriberId: reader(1) });
		expect(error).toMatchObject({
			httpCode: '409',
			description: expect.stringContaining('Only pending subscribers'),
		});
	});

	it('deletes, and says what to do where SparkLoop does not offer it', async () => {
		expect(await one('subscriber.delete', { subscriberId: reader(1) })).toEqual({ deleted: true });
		stage.sandbox.configure({ subscriberDeletion: 'missing' });
		const { error } = await stage.run('subscriber.delete', { subscriberId: reader(2) });
		expect(error).toMatchObject({ httpCode: '405', description: expect.stringContaining('"Unsubscribe"') });
	});

	it('records an event, in the spelling of the vendor, and never twice', async () => {
		const event = await one('subscriber.recordEvent', {
			subscriberId: reader(1),
			campaignId,
			value: 12.5,
			additionalFields: { description: 'Annual plan' },
		});
		expect(event).toMatchObject({ value: 12.5, subscriber_uuid: expect.stringMatching(/^sub_/) });
		expect(stage.sandbox.events()).toEqual([
			expect.objectContaining({ descripton: 'Annual plan', campaign_uuid: ACCOUNT.campaignId }),
		]);

		stage.sandbox.addFault({ method: 'POST', count: 1, fault: { kind: 'reset-after' } });
		const lost = await stage.run('subscriber.recordEvent', { subscriberId: reader(2), campaignId, value: 1 });
		expect(lost.error?.message).toContain('may have received');
		expect(stage.sandbox.events()).toHaveLength(2);
	});
});

describe('campaign', () => {
	it('lists, reads and updates', async () => {
		const [listed] = await run('campaign.getMany', {});
		expect(await one('campaign.get', { campaignId })).toEqual(listed);
		expect(await one('campaign.update', { campaignId, updateFields: { name: 'Renamed' } })).toEqual({
			...listed,
			name: 'Renamed',
		});
	});

	it('adds and removes a member, and tells why not', async () => {
		const membership = await one('campaign.addMember', { campaignId, subscriberId: reader(1) });
		expect(membership).toMatchObject({
			uuid: expect.stringMatching(/^membership_/),
			campaign_uuid: ACCOUNT.campaignId,
		});
		const { error } = await stage.run('campaign.addMember', { campaignId, subscriberId: reader(1) });
		expect(error).toMatchObject({
			httpCode: '400',
			description: expect.stringContaining('member of the campaign already'),
		});
		expect(await one('campaign.removeMember', { campaignId, membershipId: String(membership.uuid) })).toEqual(
			{ deleted: true },
		);
	});

	it('lists subscribers, and the referrals of one', async () => {
		expect(
			await run('campaign.getSubscribers', { campaignId, returnAll: true, filters: { type: 'all' } }),
		).toHaveLength(25);
		const who = advocate();
		const referrals = await run('campaign.getReferrals', {
			campaignId,
			subscriberId: who?.uuid,
			returnAll: true,
		});
		expect(referrals.length).toBeGreaterThan(0);
		for (const referral of referrals)
			expect(referral).toMatchObject({
				platform: 'sparkloop',
				customFields: { referrer_code: who?.ref_code },
			});
	});
});

describe('partners', () => {
	it('reads the profile and the partner campaigns, money in dollars', async () => {
		expect(await one('partnerProfile.get', {})).toMatchObject({ uuid: 'partner_acme' });
		expect(await run('partnerCampaign.getMany', { returnAll: true })).toHaveLength(3);
		expect(
			await one('partnerCampaign.get', { partnerCampaignId: byId('partner_campaign_acme_1') }),
		).toMatchObject({
			id: 'partner_campaign_acme_1',
			cpaDollars: 2.5,
			maxPayoutDollars: 500.5,
			remainingBudgetDollars: 250.25,
		});
	});

	it('reads, lists and updates programs', async () => {
		expect(await run('partnerProgram.getMany', { returnAll: true })).toHaveLength(2);
		expect(await one('partnerProgram.get', { partnerProgramId: programId })).toMatchObject({
			name: 'acme weekly 1',
			cpaDollars: 2.5,
		});
		const changes = {
			cpa: 3.5,
			totalBudget: 900,
			thankyouPageUrl: 'https://x.example',
			allowWorldwideReferrals: false,
			allowedCountries: 'US, CA',
			showInDirectory: false,
		};
		await one('partnerProgram.update', { partnerProgramId: programId, updateFields: changes });
		expect(stage.sandbox.partner().programs[1]).toMatchObject({
			cpa: 3.5,
			total_budget: 900,
			thankyou_page_url: 'https://x.example',
			allow_worldwide_referrals: false,
			allowed_countries: ['US', 'CA'],
			show_in_directory: false,
		});
	});

	it('lists the referrals of a program between two days, both counted', async () => {
		const filters = { referredAfter: '2026-01-02', referredBefore: '2026-01-04T23:00:00.000Z' };
		const referrals = await run('partnerProgram.getReferrals', {
			partnerProgramId: programId,
			returnAll: true,
			filters,
		});
		expect(referrals.map(({ id }) => id)).toEqual(
			[4, 3, 2].map((number) => `referred-${number}@acme.example`),
		);
		const { error } = await stage.run('partnerProgram.getReferrals', {
			partnerProgramId: programId,
			filters: { referredAfter: 'soon' },
		});
		expect(error?.message).toContain('"Referred After" must be a date');
	});

	it('finds, reads and takes up what the network offers', async () => {
		const publications = await run('partnerNetwork.getPublications', {
			returnAll: true,
			filters: { query: 'weekly', sort: 'name', order: 'desc' },
		});
		expect(publications.map(({ id }) => id)).toEqual(['pub_initech_3', 'pub_initech_2', 'pub_initech_1']);
		expect(
			await one('partnerNetwork.getPublication', { publicationId: byId('pub_initech_1') }),
		).toMatchObject({ categories: ['Technology'] });
		expect(await one('partnerNetwork.recommend', { publicationId: byId('pub_initech_1') })).toMatchObject({
			publicationId: 'pub_initech_1',
			cpaDollars: 2.5,
		});
		const filters = {
			cpa: 2,
			maxPayout: 100,
			acceptedCountries: 'US, CA',
			canBeRecommendedVia: ['upscribe', 'magic_link'],
			sort: 'cpa',
		};
		expect(await run('partnerNetwork.getPrograms', { returnAll: true, filters })).toHaveLength(2);
		expect(
			await one('partnerNetwork.getProgram', { partnerProgramId: byId('partner_program_initech_1') }),
		).toMatchObject({ cpaDollars: 1 });
		const joined = await one('partnerNetwork.join', {
			partnerProgramId: byId('partner_program_initech_1'),
			reason: 'It fits',
		});
		expect(joined).toMatchObject({ partnerProgramId: 'partner_program_initech_1' });
	});
});

describe('publication', () => {
	it('lists, reads, updates and deletes', async () => {
		expect(await run('publication.getMany', { returnAll: true })).toHaveLength(2);
		const publicationId = byId('pub_acme_1');
		const updateFields = { name: 'Renamed', categories: 'Technology, Marketing', autoPilot: true };
		await one('publication.update', { publicationId, updateFields });
		expect(await one('publication.get', { publicationId })).toMatchObject({
			name: 'Renamed',
			categories: ['Technology', 'Marketing'],
			autoPilot: true,
		});
		expect(await one('publication.delete', { publicationId })).toEqual({ deleted: true });
		const { error } = await stage.run('publication.get', { publicationId });
		expect(error).toMatchObject({
			httpCode: '404',
			message: expect.stringContaining('Publication pub_acme_1 not found!'),
		});
	});
});

describe('upscribe and recommendation', () => {
	const recommendationId = byId('partner_campaign_acme_2');

	it('lists, reads and updates upscribes', async () => {
		expect(await run('upscribe.getMany', {})).toHaveLength(1);
		await one('upscribe.update', { upscribeId, updateFields: { autoPilot: true } });
		expect(await one('upscribe.get', { upscribeId })).toMatchObject({
			id: 'upscribe_acme_1',
			autoPilot: true,
		});
	});

	it('subscribes somebody, where SparkLoop has enabled it', async () => {
		const parameters = {
			upscribeId,
			subscriberEmail: 'a@x.example',
			countryCode: 'US',
			recommendations: 'code1, code2',
			additionalFields: { utmSource: 'n8n' },
		};
		expect(await one('upscribe.subscribe', parameters)).toEqual({
			response: 'ok',
			subscriberEmail: 'a@x.example',
			subscribed: true,
		});
		expect(stage.sandbox.writes({ kind: 'subscribe' })).toEqual({
			'a@x.example code1': 1,
			'a@x.example code2': 1,
		});
		stage.sandbox.configure({ upscribeSubscribe: 'disabled' });
		const { error } = await stage.run('upscribe.subscribe', parameters);
		expect(error?.description).toContain('on request only');
	});

	it('lists recommendations, cents as dollars', async () => {
		const [first] = await run('recommendation.getMany', { upscribeId, returnAll: true });
		expect(first).toMatchObject({
			cpaDollars: 2.5,
			maxPayoutDollars: 500,
			earningsDollars: 10.5,
			availableBudgetDollars: 250.25,
		});
		const [raw] = await run('recommendation.getMany', { upscribeId, simplify: false });
		expect(raw).toMatchObject({ cpa: 250, max_payout: 50_000, earnings: 1050 });
	});

	it('generates, updates and switches them', async () => {
		expect(
			await run('recommendation.generate', { upscribeId, additionalFields: { countryCode: 'US', limit: 2 } }),
		).toHaveLength(2);
		const parameters = { upscribeId, recommendationId };
		expect(await one('recommendation.pin', parameters)).toMatchObject({ pinned: true });
		expect(await one('recommendation.unpin', parameters)).toMatchObject({ pinned: false });
		expect(await one('recommendation.pause', parameters)).toMatchObject({ status: 'paused' });
		expect(await one('recommendation.unpause', parameters)).toMatchObject({ status: 'active' });
		expect(
			await one('recommendation.update', { ...parameters, reason: 'Great', simplify: false }),
		).toMatchObject({ reason: 'Great' });
	});
});

describe('offer', () => {
	it('lists, reads, and tracks a conversion once', async () => {
		expect(await run('offer.getMany', { returnAll: true })).toHaveLength(2);
		expect(await one('offer.get', { offerId: byId('offer_acme_1') })).toMatchObject({
			cpaDollars: 12.5,
			monthlyBudgetDollars: 1000,
		});
		const parameters = { offerId: byId('offer_acme_2'), submissionId: 'submission_acme_1' };
		expect(await one('offer.trackConversion', parameters)).toMatchObject({
			submissionId: 'submission_acme_1',
			converted: true,
		});
		const again = await stage.run('offer.trackConversion', parameters);
		expect(again.error).toMatchObject({
			httpCode: '422',
			description: expect.stringContaining('may have converted already'),
		});
		expect(stage.sandbox.writes({ kind: 'conversion' })).toEqual({ submission_acme_1: 1 });
	});
});

describe('webhook', () => {
	it('creates, lists, reads, updates and deletes', async () => {
		const created = await one('webhook.create', { url: 'https://x.example/hook', events: ['new_referral'] });
		expect(created).toMatchObject({ url: 'https://x.example/hook', events: ['new_referral'] });
		const webhookId = byId(String(created.id));
		expect(await run('webhook.getMany', {})).toEqual([created]);
		expect(await one('webhook.get', { webhookId })).toEqual(created);
		const updated = await one('webhook.update', {
			webhookId,
			updateFields: { events: ['reward_unlocked', 'reward_redeemed'] },
		});
		expect(updated.events).toEqual(['reward_unlocked', 'reward_redeemed']);
		expect(await one('webhook.delete', { webhookId })).toEqual({ deleted: true });
		const { error } = await stage.run('webhook.create', {
			url: 'http://x.example',
			events: ['new_referral'],
		});
		expect(error?.message).toContain('"URL" must start with https://');
	});
});

describe('API request', () => {
	it('sends any request, and reads any list', async () => {
		expect(await one('apiRequest.send', { method: 'GET', path: '/campaigns' })).toHaveProperty('campaigns');
		expect(
			await run('apiRequest.getMany', {
				path: '/subscribers',
				returnAll: true,
				query: { type: 'referrals' },
			}),
		).toHaveLength(4);
	});
});

describe('errors', () => {
	it.each(['json', 'unquoted', 'text'] as const)(
		'shows what SparkLoop says, written as %s',
		async (errorShape) => {
			stage.sandbox.configure({ errorShape });
			const { error } = await stage.run('campaign.get', { campaignId: byId('MF0') });
			expect(error).toMatchObject({
				httpCode: '404',
				message: expect.stringContaining('Campaign MF0 not found!'),
			});
		},
	);

	it('names the credential when the key is refused, and shows no key', async () => {
		const { error } = await stage.run(
			'campaign.getMany',
			{},
			{ credential: { apiKey: 'wrong-sparkloop-key' } },
		);
		expect(error).toMatchObject({ httpCode: '401', description: expect.stringContaining('SparkLoop API') });
		expect(JSON.stringify([error?.message, error?.description])).not.toContain('wrong-sparkloop-key');
	});
});
