import type { IDataObject } from 'n8n-workflow';

/** What only build B has of a customer: build A would drop it without a word. */
const ONLY_NEWER = ['lifecycleStage', 'leadStatus', 'customProperties', 'propertyId'];

/** A prospect in the words of build B, into which the vendor converted them. */
const PROSPECT = { lifecycleStage: 'lead', leadStatus: 'new' };

/** Which of the given fields only build B has. */
export function onlyNewerFields(fields: IDataObject): string[] {
	return ONLY_NEWER.filter((field) => fields[field] !== undefined);
}

/** A kind of customer as the build says it; a new one without a type is a prospect in build A by itself. */
function kindOf(type: unknown, before: IDataObject | undefined): IDataObject {
	if (type === undefined) return {};
	if (type !== 'prospect') return { type: type as string };
	const isOlder = before !== undefined && !('lifecycleStage' in before);
	return isOlder ? { type } : PROSPECT;
}

/**
 * The fields as both builds take them: the company under both its names, and a prospect as each build says it.
 * @param before the customer that is changed; nothing for a new one
 */
export function toApiFields(fields: IDataObject, before?: IDataObject): IDataObject {
	const { type, companyId, b2bAccountId, ...rest } = fields;
	const company = companyId === undefined ? b2bAccountId : companyId;
	return {
		...kindOf(type, before),
		...rest,
		...(company === undefined ? {} : { companyId: company, b2bAccountId: company }),
	};
}
