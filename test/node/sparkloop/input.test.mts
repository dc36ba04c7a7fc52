import type { IDataObject } from 'n8n-workflow';
import { ACCOUNT, byId, FAST, openSparkLoop, type SparkLoopStage } from './stage.mts';

let stage: SparkLoopStage;
beforeAll(async () => (stage = await openSparkLoop({}, FAST)));
afterAll(async () => await stage.close());
beforeEach(() => stage.sandbox.forget());

/** Operation, parameters, and what the message must say. The second of the two items is the bad one. */
const badInput: Array<[string, string, IDataObject, string]> = [
	[
		'an empty email',
		'subscriber.create',
		{ email: '={{ $json.bad ? "" : "a@x.example" }}' },
		'"Email" is missing',
	],
	[
		'a lead without email',
		'subscriber.create',
		{ leadData: 'lead', lead: '={{ $json.bad ? { id: "1" } : { email: "a@x.example" } }}' },
		'"Lead" must be a simplified lead with an email',
	],
	[
		'an identifier that climbs',
		'subscriber.get',
		{ subscriberId: '={{ $json.bad ? "../campaigns" : "sub_1" }}' },
		'"Subscriber" must be an ID',
	],
	[
		'a text as value',
		'subscriber.recordEvent',
		{ subscriberId: 'sub_1', campaignId: byId(ACCOUNT.campaignId), value: '={{ $json.bad ? "much" : 1 }}' },
		'"Value (Dollars)" must be a number',
	],
	[
		'an unknown status',
		'subscriber.update',
		{ subscriberId: 'sub_1', updateFields: { status: '={{ $json.bad ? "gone" : "confirmed" }}' } },
		'Status"',
	],
	[
		'nothing to change',
		'campaign.update',
		{ campaignId: byId('MF1'), updateFields: { name: '={{ $json.bad ? "" : "New" }}' } },
		'"Update Fields" must hold at least one field',
	],
	[
		'a bad day',
		'partnerProgram.getReferrals',
		{
			partnerProgramId: byId('p'),
			filters: { referredAfter: '={{ $json.bad ? "2026-13-45" : "2026-01-01" }}' },
		},
		'"Referred After" must be a date',
	],
	[
		'no recommendation',
		'upscribe.subscribe',
		{
			upscribeId: byId('u'),
			subscriberEmail: 'a@x.example',
			countryCode: 'US',
			recommendations: '={{ $json.bad ? " , " : "aa" }}',
		},
		'"Recommendations" is missing',
	],
];

it.each(badInput)(
	'names field and item and sends nothing: %s',
	async (_name, operation, parameters, message) => {
		const { error, items } = await stage.run(operation, parameters, { items: [{}, { bad: true }] });
		expect(error?.message).toContain(message);
		expect(error?.context?.itemIndex).toBe(1);
		expect(items).toEqual([]);
		expect(stage.sandbox.statistics().requests).toBe(0);
	},
);
