import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import type { Send } from '../transport/transport';
import type { Vendor } from '../vendor';
import { withTransport } from '../transport/withTransport';

/** Somebody is looking at the open list meanwhile: how long the rate limit may keep them, in milliseconds. */
const MAX_WAIT_MS = 10_000;

/** One page of a list as a person sees it. */
export interface PickerPage {
	/** What can be picked, in the order in which it is shown. */
	entries: INodeListSearchItems[];
	/** Where the next page starts; nothing on the last. */
	next?: string;
}

/** What is asked for. */
export interface PickerQuery {
	/** What the person has typed; empty at first. */
	filter: string;
	/** The `next` of the page before; nothing for the first. */
	page?: string;
	/** n8n's context of the open field. */
	context: ILoadOptionsFunctions;
}

/** A method of a node that fills the list of a picker. Rejects with NodeApiError or NodeOperationError. */
export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/**
 * Does something for the open editor.
 * @param action what is attempted, as an error names it
 * @throws NodeApiError or NodeOperationError
 */
export async function forEditor<Result>(
	context: ILoadOptionsFunctions,
	vendor: Vendor,
	action: string,
	read: (send: Send) => Promise<Result>,
): Promise<Result> {
	return await withTransport(
		context,
		vendor,
		{ action },
		async ({ sender }) => await read(sender({ safety: 'safe', maxWaitMs: MAX_WAIT_MS })),
	);
}

/**
 * Fills the list of a picker page by page.
 * @param plural what is listed, as an error names it
 */
export function picker(
	vendor: Vendor,
	plural: string,
	read: (query: PickerQuery, send: Send) => Promise<PickerPage>,
): ListSearch {
	return async function (filter = '', paginationToken) {
		const { entries, next } = await forEditor(this, vendor, `List ${plural}`, async (send) => {
			const page = paginationToken === undefined ? undefined : String(paginationToken);
			return await read({ filter: filter.trim(), page, context: this }, send);
		});
		return { results: entries, ...(next === undefined ? {} : { paginationToken: next }) };
	};
}

/** Those that hold what was typed, in their name or ID: for vendors that cannot search themselves. */
export function narrowed(entries: INodeListSearchItems[], filter: string): INodeListSearchItems[] {
	const wanted = filter.toLowerCase();
	return entries.filter(({ name, value }) => `${name} ${String(value)}`.toLowerCase().includes(wanted));
}
