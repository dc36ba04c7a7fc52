import { booleanField, optionalFields } from '../../fields';
import { upscribe } from '../../entities';
import { updateOne } from '../operations';

const autoPilot = booleanField(
	'Auto Pilot',
	'autoPilot',
	'Whether SparkLoop chooses the recommendations by itself',
);

/** Auto-pilot is all that can be changed (docs/vendors/sparkloop.md#upscribes). */
export const update = updateOne(upscribe, optionalFields('updateFields', [autoPilot]));
