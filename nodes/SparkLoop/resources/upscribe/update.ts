import { booleanField, optionalFields } from '../../fields';
import { upscribe } from '../../entities';
import { updateOne } from '../operations';

const autoPilot = booleanField(
	'Auto Pilot',
	'autoPilot',
	'Whether SparkLoop chooses the recommendations by itself',
);

/** Contract 2.7. */
export const update = updateOne(upscribe, optionalFields('updateFields', [autoPilot]));
