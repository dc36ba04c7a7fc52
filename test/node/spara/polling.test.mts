import type { IDataObject } from 'n8n-workflow';
import { SparaApi } from '../../../credentials/SparaApi.credentials';
import { SparaPollingTrigger } from '../../../nodes/Spara/SparaPollingTrigger.node';
import { polling } from '../engine/poll.mts';
import { API_KEY, openSpara, type SparaStage } from './stage.mts';

const DAY_S = 24 * 60 * 60;
const now = () => Math.floor(Date.now() / 1000);

let stage: SparaStage;
let workflows = 0;
beforeEach(async () => (stage = await openSpara()));
afterEach(async () => await stage.close());

const place = (event: string) =>
	polling({
		trigger: new SparaPollingTrigger(),
		parameters: { event },
		credentials: { sparaApi: { apiKey: API_KEY, baseUrl: `${stage.url}/spara/v1` } },
		credentialTypes: [new SparaApi()],
		workflowId: `workflow ${++workflows}`,
	});
const ids = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => (json.lead as IDataObject).id);

describe.each(['created_at', 'updated_at'] as const)('where a search compares %s', (filterField) => {
	beforeEach(() => void stage.sandbox.configure({ filterField, sortOrder: 'shuffled' }));

	it('gives new leads once, and none that was there before', async () => {
		stage.sandbox.seedLeads({ count: 40, from: now() - 60, to: now() - 1 });
		const trigger = place('lead.created');
		expect(await trigger.poll()).toEqual([]);
		const { items } = await stage.lead('create', { leadFields: { email: 'ada@example.com' } });
		const [found, ...rest] = await trigger.poll();
		expect(rest).toEqual([]);
		expect(found.json).toEqual({
			platform: 'spara',
			event: 'lead.created',
			eventId: items[0].json.id,
			occurredAt: expect.stringMatching(/Z$/),
			lead: expect.objectContaining({ platform: 'spara', id: items[0].json.id, email: 'ada@example.com' }),
		});
		expect(await trigger.poll()).toEqual([]);
	});

	it('misses none of thousands after hours offline, 300 of them in one second', async () => {
		const trigger = place('lead.created');
		await trigger.poll();
		// Most seeded leads were changed just now, and one second holds no more than the cap.
		const count = filterField === 'created_at' ? 2500 : 1050;
		const leadIds = stage.sandbox.seedLeads({
			count,
			from: now() - DAY_S / 2,
			to: now() - 10,
			sameSecond: 300,
		});
		const found = ids(await trigger.poll());
		expect(found).toHaveLength(count);
		expect(new Set(found)).toEqual(new Set(leadIds));
		expect(await trigger.poll()).toEqual([]);
	}, 30_000);

	it('gives each state of a changed lead once, also of two changes within a second', async () => {
		const [id] = stage.sandbox.seedLeads({ count: 1, from: now() - 20 * DAY_S, to: now() - 20 * DAY_S });
		const trigger = place('lead.updated');
		await trigger.poll();
		for (const job_title of ['CEO', 'CTO']) {
			await stage.lead('update', { leadId: id, leadFields: { job_title } });
			expect((await trigger.poll()).map(({ json }) => (json.lead as IDataObject).jobTitle)).toEqual([
				job_title,
			]);
		}
		expect(await trigger.poll()).toEqual([]);
	});
});

it('shows a sample in a test, also where nothing happened for long', async () => {
	const [sample] = await place('lead.created').test();
	expect(sample.json).toMatchObject({ platform: 'spara', lead: { platform: 'spara' } });
});
