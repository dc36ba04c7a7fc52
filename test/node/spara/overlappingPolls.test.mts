import type { IDataObject } from 'n8n-workflow';
import { SparaApi } from '../../../credentials/SparaApi.credentials';
import { SparaPollingTrigger } from '../../../nodes/Spara/SparaPollingTrigger.node';
import { polling } from '../engine/poll.mts';
import { API_KEY, openSpara, type SparaStage } from './stage.mts';

/** Much more than it takes, for a machine that does other things meanwhile. */
jest.setTimeout(60_000);

let stage: SparaStage;
beforeEach(async () => (stage = await openSpara()));
afterEach(async () => await stage.close());

const place = (workflowId: string) =>
	polling({
		trigger: new SparaPollingTrigger(),
		parameters: { event: 'lead.created' },
		credentials: { sparaApi: { apiKey: API_KEY, baseUrl: `${stage.url}/spara/v1` } },
		credentialTypes: [new SparaApi()],
		workflowId,
	});

it('of two polls at once the later ends last and gives nothing: n8n releases what both need when one ends', async () => {
	const trigger = place('overlapping');
	await trigger.poll();
	const { items } = await stage.lead('create', { leadFields: { email: 'ada@example.com' } });
	const ended: string[] = [];
	const ending = async (name: string) => {
		const found = await trigger.poll();
		ended.push(name);
		return found.map(({ json }) => (json.lead as IDataObject).id);
	};
	expect(await Promise.all([ending('first'), ending('second'), ending('third')])).toEqual([
		[items[0].json.id],
		[],
		[],
	]);
	expect(ended[0]).toBe('first');
	expect(await trigger.poll()).toEqual([]);
});

it('a poll that failed does not hold up the next', async () => {
	const trigger = place('failing');
	await trigger.poll();
	stage.sandbox.addFault({ path: '/leads/search', count: 1, fault: { kind: 'status', status: 401 } });
	const [first, second] = await Promise.allSettled([trigger.poll(), trigger.poll()]);
	expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
	await stage.lead('create', { leadFields: { email: 'ada@example.com' } });
	expect(await trigger.poll()).toHaveLength(1);
});
