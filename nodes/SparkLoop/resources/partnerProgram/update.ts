import { booleanField, listOfTexts, numberField, optionalFields, textField } from '../../fields';
import { partnerProgram } from '../../entities';
import { updateOne } from '../operations';

const countries = {
	placeholder: 'e.g. US, CA',
	description: 'Two-letter codes (ISO 3166-1 alpha-2), separated by commas',
};

const changes = optionalFields(
	'updateFields',
	[
		booleanField(
			'Allow Worldwide Referrals',
			'allowWorldwideReferrals',
			'Whether referrals from every country count. If not, give Allowed Countries or Blocked Countries too.',
		),
		textField('Allowed Countries', 'allowedCountries', countries),
		textField('Blocked Countries', 'blockedCountries', countries),
		numberField('CPA (Dollars)', 'cpa', { description: 'What you pay for a confirmed referral, in dollars' }),
		numberField('Max Payout (Dollars)', 'maxPayout', {
			description: 'The most that one partner can earn, in dollars',
		}),
		textField('Redirect URL', 'redirectUrl'),
		numberField('Referral Pending Duration (Days)', 'referralPendingDuration', {
			description: 'For how many days a referral is screened',
		}),
		booleanField(
			'Referral Pending Duration Enabled',
			'referralPendingDurationEnabled',
			'Whether referrals are screened before they count',
		),
		textField('Resources URL', 'resourcesUrl'),
		booleanField(
			'Show in Directory',
			'showInDirectory',
			'Whether the program can be found in the partner network',
		),
		textField('Slug', 'slug'),
		textField('Terms', 'terms'),
		textField('Thank You Page URL', 'thankyouPageUrl'),
		numberField('Total Budget (Dollars)', 'totalBudget', {
			description: 'What the program may cost in all, in dollars',
		}),
	],
	{ allowedCountries: listOfTexts, blockedCountries: listOfTexts },
);

/** `PUT /partner_programs/{id}`; money in dollars, durations in days (docs/vendors/sparkloop.md#partner-programs). */
export const update = updateOne(partnerProgram, changes);
