import type { INodeProperties } from 'n8n-workflow';

/** Optional fields in a collection, in the order of their labels. */
export function fieldCollection(
	displayName: string,
	name: string,
	placeholder: string,
	options: INodeProperties[],
): INodeProperties {
	const sorted = [...options].sort((one, other) => one.displayName.localeCompare(other.displayName));
	return { displayName, name, type: 'collection', placeholder, default: {}, options: sorted };
}

/** What narrows a list. */
export function filterCollection(options: INodeProperties[]): INodeProperties {
	return fieldCollection('Filters', 'filters', 'Add filter', options);
}

/** What is not nearly always needed. */
export function additionalFieldCollection(options: INodeProperties[]): INodeProperties {
	return fieldCollection('Additional Fields', 'additionalFields', 'Add field', options);
}
