import { deleteOne } from '../operations';
import { knowledgeArticleEntity } from '../../entities';

/** `DELETE /knowledge/{id}` (docs/vendors/leadiosa.md#resources). */
export const remove = deleteOne(knowledgeArticleEntity);
