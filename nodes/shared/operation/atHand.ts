import type { INodeProperties } from 'n8n-workflow';

/**
 * A collection with some of its text fields at hand, so that nobody has to add them first. Stored parameters stay as
 * they are; what is left empty must not be sent.
 * @param names the fields, by their names
 */
export function atHand(collection: INodeProperties, names: string[]): INodeProperties {
	return { ...collection, default: Object.fromEntries(names.map((name) => [name, ''])) };
}
