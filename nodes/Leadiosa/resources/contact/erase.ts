import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { paths } from '../../vendor';
import { confirmation, confirmed } from '../../../shared/operation/confirmation';
import { contactEntity } from '../../entities';

/** `DELETE /contacts/{id}` erases for good, under GDPR (docs/vendors/leadiosa.md#fields). */
export const erase = operation({
	name: 'Erase',
	value: 'erase',
	action: 'Erase contact',
	description:
		'Erase a contact and all personal data about it for good (GDPR). It cannot be undone. Only on explicit demand.',
	fields: [
		contactEntity.idField,
		confirmation(
			'Confirm Erasure',
			'Whether the contact is to be erased for good. Nothing happens while this is off.',
		),
	],
	input: z.object({ contactId: id, confirm: confirmed }),
	safety: 'idempotent',
	orderingKey: (input) => input.contactId,
	request: ({ contactId }) => ({ method: 'DELETE', path: [...paths.contacts, contactId] }),
	output: (_answer, { contactId }) => ({ id: contactId, erased: true }),
});
