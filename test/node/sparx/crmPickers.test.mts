import type { INodeParameters } from 'n8n-workflow';
import { SparxApi } from '../../../credentials/SparxApi.credentials';
import { Sparx } from '../../../nodes/Sparx/Sparx.node';
import { SparxPollingTrigger } from '../../../nodes/Sparx/SparxPollingTrigger.node';
import { salesPipeline } from '../../../sandbox/sparx/dealRoutes.mts';
import { lists, staff } from '../../../sandbox/sparx/listRoutes.mts';
import { searchList } from '../engine/searchList.mts';
import { byId, dialects, itemsOf, keys, openSparx, type SparxStage } from './stage.mts';

describe.each(dialects)('what can be chosen from a list, dialect %s', (dialect) => {
	let stage: SparxStage;
	beforeEach(async () => {
		stage = await openSparx();
		stage.sandbox.configure({ dialect });
	});
	afterEach(async () => await stage.close());

	const search = async (
		method: string,
		asked: { filter?: string; paginationToken?: string; parameters?: INodeParameters } = {},
		node: Sparx | SparxPollingTrigger = new Sparx(),
	) =>
		await searchList({
			node,
			method,
			credentials: { sparxApi: { apiKey: keys.editor, baseUrl: stage.baseUrl } },
			credentialTypes: [new SparxApi()],
			...asked,
		});

	it('owners are the members of staff, narrowed by what is typed', async () => {
		const all = staff.map(({ id, name }) => ({ name, value: id }));
		expect((await search('searchOwners')).results).toEqual(all);
		expect((await search('searchOwners', { filter: 'EDDIE' })).results).toEqual([all[1]]);
	});

	it('stages are those of the chosen pipeline, and say which are won and lost', async () => {
		const { id, name, stages } = salesPipeline;
		expect((await search('searchPipelines')).results).toEqual([{ name, value: id }]);
		const named = stages.map((stage) => ({
			name: stage.stageType === 'open' ? stage.name : `${stage.name} (${stage.stageType})`,
			value: stage.id,
		}));
		const parameters = { pipelineId: byId(id) as INodeParameters };
		expect((await search('searchStages', { parameters })).results).toEqual(named);
		// Where no pipeline is chosen, all stages there are, with the pipeline's name.
		expect((await search('searchStages')).results.map(({ name: shown }) => shown)).toEqual(
			named.map((stage) => `${name}: ${stage.name}`),
		);
	});

	it('companies go on page by page, and are found by a part of the name', async () => {
		const made = await stage.run(
			'company',
			'create',
			{ companyName: '={{ $json.name }}' },
			{ items: itemsOf(120, (index) => ({ name: `Company ${index}` })) },
		);
		const values: unknown[] = [];
		let paginationToken: string | undefined;
		do {
			const page = await search('searchCompanies', { paginationToken });
			values.push(...page.results.map(({ value }) => value));
			paginationToken = page.paginationToken as string | undefined;
		} while (paginationToken);
		expect(new Set(values)).toEqual(new Set(made.items.map(({ json }) => json.id)));
		const { results } = await search('searchCompanies', { filter: 'company 119' });
		expect(results).toEqual([{ name: 'Company 119', value: made.items[119].json.id }]);
	}, 30_000);

	it('lists are those that the server has, in the trigger too', async () => {
		const there = lists.filter(({ kind }) => dialect === 'newer' || kind === 'dynamic');
		const shown = there.map(({ id, name }) => ({ name, value: id }));
		expect((await search('searchLists')).results).toEqual(shown);
		expect((await search('searchLists', {}, new SparxPollingTrigger())).results).toEqual(shown);
		expect((await search('searchLists', { filter: 'SPEND' })).results).toMatchObject([
			{ name: 'Big spenders' },
		]);
	});

	it('deals and tasks are shown by their titles', async () => {
		const [first] = (await search('searchDeals')).results;
		expect(first.name).toBe('Hats for the whole team');
		const made = await stage.run('task', 'create', { title: 'Call back', ownerId: byId(staff[0].id) });
		expect((await search('searchTasks')).results).toEqual([
			{ name: 'Call back', value: made.items[0].json.id },
		]);
	});
});
