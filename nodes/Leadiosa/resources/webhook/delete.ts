import { deleteOne } from '../operations';
import { webhookThing } from '../things';

/** Contract 2.2. */
export const remove = deleteOne(webhookThing);
