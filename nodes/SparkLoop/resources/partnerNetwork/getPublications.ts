import { choiceField, optionalFields, textField } from '../../fields';
import { networkPublication } from '../../entities';
import { toApiFields } from '../../apiFields';
import { getMany } from '../operations';

const filters = optionalFields('filters', [
	choiceField('Order', 'order', [
		{ name: 'Ascending', value: 'asc' },
		{ name: 'Descending', value: 'desc' },
	]),
	textField('Search Text', 'query'),
	choiceField('Sort By', 'sort', [
		{ name: 'Name', value: 'name' },
		{ name: 'Creation Date', value: 'created_at' },
	]),
]);

/** `GET /partner_network/publications` (docs/vendors/sparkloop.md#partner-network). */
export const getPublications = getMany(
	networkPublication,
	{
		name: 'Get Publications',
		value: 'getPublications',
		action: 'Get network publications',
		description: 'List the publications in the partner network',
	},
	{ filters, query: toApiFields },
);
