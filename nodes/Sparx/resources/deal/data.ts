import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import {
	amount,
	amountField,
	currency,
	metadata,
	metadataField,
	noteField,
	textField,
	timeField,
} from '../fields';

const text = z.string().trim().optional();

/** A day as Sparx wants it, of the time that the editor gives. */
const day = z.string().transform((value) => value.slice(0, 10));

/** What a deal has beside its place in a pipeline and its title (docs/vendors/sparx.md, Deals). */
export const dealFields: INodeProperties[] = [
	textField('Assigned Rep ID', 'assignedRepId', 'The member of staff who is responsible'),
	noteField('Closed Reason', 'closedReason'),
	textField('Company ID', 'companyId'),
	{ ...textField('Currency', 'currency', 'Three letters'), placeholder: 'e.g. USD' },
	textField('Customer ID', 'customerId'),
	timeField('Expected Close Date', 'expectedCloseDate'),
	metadataField,
	{
		displayName: 'Probability',
		name: 'probability',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 50,
		description: 'In percent; a move to another stage sets it to that of the stage',
	},
	textField('Source', 'source'),
	textField('Tags', 'tags', 'Separated by commas. An update replaces all tags.'),
	amountField('Value', 'value', 'In units of the currency, not in cents'),
];

export const dealInput = {
	assignedRepId: text,
	closedReason: text,
	companyId: text,
	currency: currency.optional(),
	customerId: text,
	expectedCloseDate: day.optional(),
	metadata: metadata.optional(),
	probability: z.number().min(0, 'must be 0 or more').max(100, 'must be 100 at most').optional(),
	source: text,
	tags: z
		.string()
		.transform((value) =>
			value
				.split(',')
				.map((tag) => tag.trim())
				.filter(Boolean),
		)
		.optional(),
	value: amount.optional(),
};

export const title: INodeProperties = { ...textField('Title', 'title'), required: true };
export const titleInput = z.string().trim().min(1, 'is missing').max(255, 'must have 255 characters at most');

/** The company under the names of both builds. */
export function toApiFields(values: IDataObject): IDataObject {
	const { companyId, ...rest } = values;
	return companyId === undefined ? rest : { ...rest, companyId, b2bAccountId: companyId };
}
