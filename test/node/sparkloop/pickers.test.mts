import type { IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';
import { listSearch } from '../../../nodes/SparkLoop/methods/listSearch';
import { ACCOUNT, FAST, openSparkLoop, type SparkLoopStage } from './stage.mts';

let stage: SparkLoopStage;
beforeAll(async () => {
	stage = await openSparkLoop();
	stage.sandbox.limit({ name: 'general', windows: [] });
});
afterAll(async () => await stage.close());

/** What n8n gives a picker, as far as it is asked for. */
const context = (apiKey = ACCOUNT.key) =>
	({
		getCredentials: async () => ({ apiKey, baseUrl: stage.baseUrl, ...FAST }),
		getCurrentNodeParameter: () => 'upscribe_acme_1',
		getNode: () => ({ name: 'SparkLoop', type: 'sparkLoop', typeVersion: 1 }),
		helpers: {
			async httpRequestWithAuthentication(_type: string, { url, qs }: IHttpRequestOptions) {
				const response = await fetch(`${url}?${new URLSearchParams(qs as Record<string, string>)}`, {
					headers: { 'x-api-key': apiKey },
				});
				return {
					statusCode: response.status,
					headers: Object.fromEntries([['content-type', 'application/json']]),
					body: await response.text(),
				};
			},
		},
	}) as unknown as ILoadOptionsFunctions;

it.each([
	['searchCampaigns', { name: 'Refer a friend of acme', value: 'MF12ab34' }],
	['searchNetworkPrograms', { name: 'initech weekly 3', value: 'partner_program_initech_3' }],
	['searchNetworkPublications', { name: 'initech weekly 3', value: 'pub_initech_3' }],
	['searchOffers', { name: 'Offer 2 of acme', value: 'offer_acme_2' }],
	['searchPartnerCampaigns', { name: 'Initech weekly 3', value: 'partner_campaign_acme_3' }],
	['searchPartnerPrograms', { name: 'acme weekly 2', value: 'partner_program_acme_2' }],
	['searchPublications', { name: 'acme weekly 2', value: 'pub_acme_2' }],
	['searchRecommendations', { name: 'Initech weekly 3', value: 'partner_campaign_acme_3' }],
	['searchUpscribes', { name: 'upscribe_acme_1', value: 'upscribe_acme_1' }],
])('%s shows what a person knows things by', async (method, first) => {
	const { results, paginationToken } = await listSearch[method].call(context());
	expect(results[0]).toEqual(first);
	expect(paginationToken).toBeUndefined();
});

it('narrows by what is typed, and shows nothing for an empty list', async () => {
	expect((await listSearch.searchOffers.call(context(), 'OFFER 1')).results).toEqual([
		{ name: 'Offer 1 of acme', value: 'offer_acme_1' },
	]);
	expect((await listSearch.searchWebhooks.call(context())).results).toEqual([]);
});

it('says what is wrong when the list cannot be read', async () => {
	await expect(listSearch.searchOffers.call(context('wrong-picker-key'))).rejects.toMatchObject({
		message: expect.stringContaining('did not accept the API key'),
	});
});
