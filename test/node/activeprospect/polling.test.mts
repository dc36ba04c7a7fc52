import type { IDataObject } from 'n8n-workflow';
import { ActiveProspectPollingTrigger } from '../../../nodes/ActiveProspect/ActiveProspectPollingTrigger.node.ts';
import { polling } from '../engine/poll.mts';
import { ana, json, openStage, type Stage } from './stage.mts';

let stage: Stage;
let workflows = 0;
beforeAll(async () => {
	stage = await openStage();
});
beforeEach(() => stage.activeprospect.reset());
afterAll(async () => await stage.close());

const place = (event: string, filters: IDataObject = {}) =>
	polling({
		trigger: new ActiveProspectPollingTrigger(),
		parameters: { event, filters } as never,
		credentials: stage.credentialOf(),
		credentialTypes: stage.credentialTypes,
		workflowId: `activeprospect ${++workflows}`,
	});
const ids = (items: Array<{ json: IDataObject }>) => items.map((item) => item.json.eventId);

it('gives new events once, and none that was there before', async () => {
	stage.activeprospect.seedEvents({ count: 40, from: Date.now() - 60_000 });
	const trigger = place('event.source');
	expect(await trigger.poll()).toEqual([]);
	await stage.run(['lead', 'submit'], { ...stage.posting('solar'), ...json(ana) });
	const [found, ...rest] = await trigger.poll();
	expect(rest).toEqual([]);
	expect(found.json).toMatchObject({
		platform: 'activeprospect',
		event: 'event.source',
		lead: { platform: 'activeprospect', email: 'ana@shop.example', status: 'accepted' },
		data: { outcome: 'success', flowName: 'Solar' },
	});
	expect(await trigger.poll()).toEqual([]);
});

it('misses none of thousands, nor one that shows late behind the cursor', async () => {
	const trigger = place('event.any');
	await trigger.poll();
	const first = stage.activeprospect.seedEvents({ count: 2500, from: Date.now() });
	expect(new Set(ids(await trigger.poll()))).toEqual(new Set(first));
	// A slow step's event: its time lies nine minutes back.
	const late = stage.activeprospect.seedEvents({ count: 1, from: Date.now() - 9 * 60_000 });
	expect(ids(await trigger.poll())).toEqual(late);
	expect(await trigger.poll()).toEqual([]);
}, 30_000);

it('narrows by outcome and flow', async () => {
	const trigger = place('event.source', { outcomes: ['failure'], flowId: stage.flows.solar });
	await trigger.poll();
	await stage.run(['lead', 'submit'], { ...stage.posting('solar'), ...json(ana) });
	await stage.run(['lead', 'submit'], { ...stage.posting('solar'), ...json({ ...ana, state: 'WA' }) });
	const found = await trigger.poll();
	expect(found.map((item) => (item.json.data as IDataObject).outcome)).toEqual(['failure']);
});
