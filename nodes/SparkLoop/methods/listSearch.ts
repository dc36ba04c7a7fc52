import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { narrowed, picker, type ListSearch } from '../../shared/picker/search';
import { fetchPage, MAX_PAGE_SIZE, type SparkLoopList } from '../lists';
import {
	campaign,
	networkProgram,
	networkPublication,
	offer,
	partnerCampaign,
	partnerProgram,
	publication,
	subscriber,
	upscribe,
	webhook,
	type Entity,
} from '../entities';
import { sparkLoop } from '../vendor';

type LabelOf = (record: IDataObject) => unknown;

/** SparkLoop has no search: what is typed narrows each page by name or ID. */
function listPicker(
	plural: string,
	listOf: (context: ILoadOptionsFunctions) => SparkLoopList,
	label: LabelOf = ({ name, uuid }) => name ?? uuid,
): ListSearch {
	return picker(sparkLoop, plural, async ({ filter, page = '1', context }, send) => {
		const { records, pages } = await fetchPage(send, listOf(context), Number(page), MAX_PAGE_SIZE);
		const entries = records.map((record) => ({ name: String(label(record)), value: String(record.uuid) }));
		// Not every list is counted: of one that is not, a full page may have another one after it.
		const isMore = pages === undefined ? records.length >= MAX_PAGE_SIZE : Number(page) < pages;
		return { entries: narrowed(entries, filter), next: isMore ? String(Number(page) + 1) : undefined };
	});
}

function pickerOf({ path, many, plural, label }: Entity): ListSearch {
	return listPicker(plural, () => ({ path, key: many }), label);
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
	searchRecommendations: listPicker(
		'recommendations',
		recommendationsOf,
		({ publication_name, uuid }) => publication_name ?? uuid,
	),
	searchSubscribers: pickerOf(subscriber),
	searchUpscribes: pickerOf(upscribe),
	searchWebhooks: pickerOf(webhook),
};
