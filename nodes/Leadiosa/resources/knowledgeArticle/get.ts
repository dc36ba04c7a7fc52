import { getOne } from '../operations';
import { knowledgeArticleEntity } from '../../entities';

/** Contract 2.2. */
export const get = getOne(knowledgeArticleEntity);
