import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { nodeError } from '../../shared/transport/errors';
import { openTransport } from '../../shared/transport/transport';
import { fetchPage, MAX_PAGE_SIZE, type SparkLoopList } from '../lists';
import {
	campaign,
	networkProgram,
	networkPublication,
	offer,
	partnerCampaign,
	partnerProgram,
	publication,
	upscribe,
	webhook,
	type Entity,
} from '../entities';
import { sparkLoop } from '../vendor';

/** How long a person may be kept waiting for a picker by the rate limit. */
const MAX_WAIT_MS = 10_000;

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** Fills a picker page by page; what a person types narrows each page by name or ID. */
function picker(
	listOf: (context: ILoadOptionsFunctions) => SparkLoopList,
	label: (record: IDataObject) => unknown = ({ name, uuid }) => name ?? uuid,
): ListSearch {
	return async function (filter = '', paginationToken = '1') {
		let secrets: string[] = [];
		try {
			const page = Number(paginationToken);
			const transport = await openTransport(this, sparkLoop);
			secrets = transport.secrets;
			const send = transport.sender({ safety: 'safe', maxWaitMs: MAX_WAIT_MS });
			const { records, pages = 1 } = await fetchPage(send, listOf(this), page, MAX_PAGE_SIZE);
			const entries = records.map((record) => ({ name: String(label(record)), value: String(record.uuid) }));
			const wanted = ({ name, value }: (typeof entries)[number]): boolean =>
				`${name} ${value}`.toLowerCase().includes(filter.toLowerCase());
			return {
				results: entries.filter(wanted),
				paginationToken: page < pages ? String(page + 1) : undefined,
			};
		} catch (error) {
			throw nodeError(error, { node: this.getNode(), vendor: sparkLoop, secrets, action: 'Load list' });
		}
	};
}

function pickerOf({ path, many, label }: Entity): ListSearch {
	return picker(() => ({ path, key: many }), label);
}

function recommendationsOf(context: ILoadOptionsFunctions): SparkLoopList {
	const upscribeId = String(context.getCurrentNodeParameter('upscribeId', { extractValue: true }) ?? '');
	return { path: ['upscribes', upscribeId, 'recommendations'], key: 'recommendations' };
}

/** What the pickers of the node show. */
export const listSearch: Record<string, ListSearch> = {
	searchCampaigns: pickerOf(campaign),
	searchNetworkPrograms: pickerOf(networkProgram),
	searchNetworkPublications: pickerOf(networkPublication),
	searchOffers: pickerOf(offer),
	searchPartnerCampaigns: pickerOf(partnerCampaign),
	searchPartnerPrograms: pickerOf(partnerProgram),
	searchPublications: pickerOf(publication),
	searchRecommendations: picker(recommendationsOf, ({ publication_name, uuid }) => publication_name ?? uuid),
	searchUpscribes: pickerOf(upscribe),
	searchWebhooks: pickerOf(webhook),
};
