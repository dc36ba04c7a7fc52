import type { IDataObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';

/** Where in a node's parameters an expression stands under one of these names. */
function expressionsNamed(names: string[], parameters: unknown, path: string[] = []): string[][] {
	if (typeof parameters !== 'object' || parameters === null) return [];
	return Object.entries(parameters as INodeParameters).flatMap(([name, value]) => {
		const here = [...path, name];
		if (typeof value !== 'string') return expressionsNamed(names, value, here);
		return names.includes(name) && value.startsWith('=') ? [here] : [];
	});
}

/** Collects, over the items of a run, which values came out empty although the user gave an expression for them. */
export class EmptyExpressions {
	private readonly itemsByLabel = new Map<string, number[]>();

	constructor(private readonly context: IExecuteFunctions) {}

	/** @param labels the fields worth telling of, by name; their labels */
	check(labels: IDataObject, itemIndex: number): void {
		const { parameters } = this.context.getNode();
		for (const path of expressionsNamed(Object.keys(labels), parameters)) {
			const value = this.context.getNodeParameter(path.join('.'), itemIndex, null);
			if (value !== undefined && value !== null && value !== '') continue;
			const label = String(labels[path[path.length - 1]]);
			this.itemsByLabel.set(label, [...(this.itemsByLabel.get(label) ?? []), itemIndex]);
		}
	}

	/** One text for each field. */
	texts(itemCount: number): string[] {
		return Array.from(
			this.itemsByLabel,
			([label, [first, ...others]]) =>
				`"${label}" came out empty for ${others.length + 1} of ${itemCount} items, the first of them item ${first}, although an expression gives it. Check the expression, and whether the items have the field that it names.`,
		);
	}
}
