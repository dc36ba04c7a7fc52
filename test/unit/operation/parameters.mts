import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

const node: INode = { id: '1', name: 'Test', type: 'test', typeVersion: 1, position: [0, 0], parameters: {} };

/**
 * The part of n8n's context that reads parameters: one object of values for each item. A missing value gives the
 * fallback, a resource locator its value when asked to extract it, as n8n does.
 */
export function contextWith(items: IDataObject[], timezone = 'Europe/Berlin'): IExecuteFunctions {
	const getNodeParameter = (
		name: string,
		itemIndex: number,
		fallback: unknown,
		options?: { extractValue?: boolean },
	): unknown => {
		const value = items[itemIndex][name];
		if (value === undefined) return fallback;
		return options?.extractValue ? (value as IDataObject).value : value;
	};
	const context = {
		getNode: () => node,
		getTimezone: () => timezone,
		getNodeParameter,
		getInputData: () => items.map((json) => ({ json })),
	};
	return context as unknown as IExecuteFunctions;
}
