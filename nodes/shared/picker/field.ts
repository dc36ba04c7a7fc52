import type { INodeProperties } from 'n8n-workflow';

/** What tells one picker from another. */
export interface PickerDefinition {
	/** Label of the field, in title case. */
	displayName: string;
	/** Name of the parameter. */
	name: string;
	/** In the placeholder of the list: "Select a lead...". */
	noun: string;
	/** The node's `listSearch` method that fills the list. */
	searchMethod: string;
	/** An ID as the vendor makes them. */
	exampleId: string;
	/** What the field is for, shown as a tooltip. */
	description?: string;
	/** Shown under the field at all times. */
	hint?: string;
	/** Whether the vendor takes an email in place of the ID. */
	byEmail?: boolean;
	/** Where records have pages of their own in the vendor's app: one such address, and what finds the ID in it. */
	url?: { example: string; idPattern: string };
}

/** A required field for one record: picked from a list that can be searched, or given by ID or address. */
export function pickerField(definition: PickerDefinition): INodeProperties {
	const { displayName, name, noun, searchMethod, exampleId, description, hint, byEmail, url } = definition;
	return {
		displayName,
		name,
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		...(description ? { description } : {}),
		...(hint ? { hint } : {}),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}...`,
				typeOptions: { searchListMethod: searchMethod, searchable: true },
			},
			...(url
				? [
						{
							displayName: 'By URL',
							name: 'url',
							type: 'string' as const,
							placeholder: `e.g. ${url.example}`,
							extractValue: { type: 'regex' as const, regex: url.idPattern },
							validation: [
								{
									type: 'regex' as const,
									properties: {
										regex: `${url.idPattern}.*`,
										errorMessage: `Not an address such as ${url.example}`,
									},
								},
							],
						},
					]
				: []),
			...(byEmail
				? [
						{
							displayName: 'By Email',
							name: 'email',
							type: 'string' as const,
							placeholder: 'e.g. name@email.com',
						},
					]
				: []),
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${exampleId}` },
		],
	};
}
