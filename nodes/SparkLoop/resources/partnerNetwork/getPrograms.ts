import type { INodeProperties } from 'n8n-workflow';
import { choiceField, listOfTexts, numberField, optionalFields, textField } from '../../fields';
import { networkProgram } from '../../entities';
import { toApiFields } from '../../apiFields';
import { getMany } from '../operations';

const canBeRecommendedVia: INodeProperties = {
	displayName: 'Can Be Recommended Via',
	name: 'canBeRecommendedVia',
	type: 'multiOptions',
	options: [
		{ name: 'Magic Link', value: 'magic_link' },
		{ name: 'Partner Link', value: 'partner_link' },
		{ name: 'Upscribe', value: 'upscribe' },
	],
	default: [],
};

const filters = optionalFields(
	'filters',
	[
		textField('Accepted Countries', 'acceptedCountries', {
			placeholder: 'e.g. US, CA',
			description: 'Two-letter codes (ISO 3166-1 alpha-2), separated by commas',
		}),
		canBeRecommendedVia,
		numberField('CPA (Dollars)', 'cpa', {
			description: 'What the program pays for a confirmed referral, in dollars',
		}),
		numberField('Max Payout (Dollars)', 'maxPayout', {
			description: 'The most that one partner can earn, in dollars',
		}),
		choiceField('Sort By', 'sort', [
			{ name: 'CPA', value: 'cpa' },
			{ name: 'Max Payout', value: 'max_payout' },
		]),
	],
	{ acceptedCountries: listOfTexts },
);

/** Lists are separated by commas (docs/vendors/sparkloop.md#partner-network). */
export const getPrograms = getMany(
	networkProgram,
	{
		name: 'Get Programs',
		value: 'getPrograms',
		action: 'Get network programs',
		description: 'List the partner programs in the partner network',
	},
	{
		filters,
		query: (given) => {
			const values = Object.entries(given).map(([name, value]) => [
				name,
				Array.isArray(value) ? value.join() : value,
			]);
			return toApiFields(Object.fromEntries(values));
		},
	},
);
