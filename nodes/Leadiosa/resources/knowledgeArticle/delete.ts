import { deleteOne } from '../operations';
import { knowledgeArticleEntity } from '../../entities';

/** Contract 2.2. */
export const remove = deleteOne(knowledgeArticleEntity);
