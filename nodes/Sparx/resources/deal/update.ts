import { deal } from '../../entities';
import { updateOne } from '../operations';
import { dealFields, dealInput, title, titleInput, toApiFields } from './data';

/** Sparx takes no stage in an update: that is Move Stage. */
export const update = updateOne(deal, {
	fields: [{ ...title, required: false }, ...dealFields],
	input: { title: titleInput, ...dealInput },
	toApiFields,
});
