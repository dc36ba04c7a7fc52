import { deal } from '../../entities';
import { updateOne } from '../operations';
import { dealFields, dealInput, title, titleInput, toApiFields } from './data';

/** Sparx takes no stage in an update: that is Move Stage. */
export const update = updateOne(deal, {
	fields: [{ ...title, required: false }, ...dealFields],
	input: { title: titleInput, ...dealInput },
	clearable: [
		['Assigned Rep', 'assignedRepId'],
		['Closed Reason', 'closedReason'],
		['Company', 'companyId'],
		['Customer', 'customerId'],
		['Expected Close Date', 'expectedCloseDate'],
		['Source', 'source'],
		['Tags', 'tags', []],
	],
	toApiFields,
});
