import { getOne } from '../operations';
import { conversationThing } from '../things';

/** Contract 2.2. */
export const get = getOne(conversationThing);
