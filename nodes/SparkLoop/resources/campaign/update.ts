import { optionalFields, textField } from '../../fields';
import { campaign } from '../../things';
import { updateOne } from '../factories';

/** Contract 2.2. */
export const update = updateOne(campaign, optionalFields('updateFields', [textField('Name', 'name')]));
