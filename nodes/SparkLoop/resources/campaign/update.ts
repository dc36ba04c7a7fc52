import { optionalFields, textField } from '../../fields';
import { campaign } from '../../entities';
import { updateOne } from '../operations';

/** Contract 2.2. */
export const update = updateOne(campaign, optionalFields('updateFields', [textField('Name', 'name')]));
