import { SparkLoopApi } from '../../../credentials/SparkLoopApi.credentials';
import { SparkLoop } from '../../../nodes/SparkLoop/SparkLoop.node';
import { searchList } from '../engine/searchList.mts';
import { ACCOUNT, FAST, openSparkLoop, type SparkLoopStage } from './stage.mts';

/** Much more than it takes, for a machine that does other things meanwhile. */
jest.setTimeout(60_000);

let stage: SparkLoopStage;
beforeEach(async () => {
	stage = await openSparkLoop();
	stage.sandbox.limit({ name: 'general', windows: [] });
});
afterEach(async () => await stage.close());

it.each(['nested', 'none'] as const)(
	'a picker shows all 452 partner campaigns where counts are %s',
	async (meta) => {
		stage.sandbox.configure({ meta });
		const before = stage.sandbox.partner({}).campaigns.length;
		stage.sandbox.seedPartnerCampaigns({ count: 452 - before });
		const shown: unknown[] = [];
		let paginationToken: string | undefined;
		do {
			const page = await searchList({
				node: new SparkLoop(),
				method: 'searchPartnerCampaigns',
				credentials: { sparkLoopApi: { apiKey: ACCOUNT.key, baseUrl: stage.baseUrl, ...FAST } },
				credentialTypes: [new SparkLoopApi()],
				paginationToken,
			});
			shown.push(...page.results.map(({ value }) => value));
			paginationToken = page.paginationToken as string | undefined;
		} while (paginationToken && shown.length < 1000);
		expect(shown).toHaveLength(452);
		expect(new Set(shown).size).toBe(452);
	},
);
