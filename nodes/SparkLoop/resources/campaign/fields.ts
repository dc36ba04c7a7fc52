import { textField } from '../../fields';

export const membershipId = textField('Membership ID', 'membershipId', {
	required: true,
	placeholder: 'e.g. membership_1a2b3c',
	description: 'The ID of the membership, as returned by "Add Member"',
});
