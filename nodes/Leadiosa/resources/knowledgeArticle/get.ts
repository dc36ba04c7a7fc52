import { getOne } from '../operations';
import { knowledgeArticleThing } from '../things';

/** Contract 2.2. */
export const get = getOne(knowledgeArticleThing);
