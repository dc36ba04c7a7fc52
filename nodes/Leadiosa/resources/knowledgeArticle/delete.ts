import { deleteOne } from '../operations';
import { knowledgeArticleThing } from '../things';

/** Contract 2.2. */
export const remove = deleteOne(knowledgeArticleThing);
