import { optionalFields, textField } from '../../fields';
import { campaign } from '../../entities';
import { updateOne } from '../operations';

/** A campaign's name is all that can be changed (docs/vendors/sparkloop.md#campaigns). */
export const update = updateOne(campaign, optionalFields('updateFields', [textField('Name', 'name')]));
