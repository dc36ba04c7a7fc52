import { getOne } from '../operations';
import { knowledgeArticleEntity } from '../../entities';

/** `GET /knowledge/{id}` (docs/vendors/leadiosa.md#resources). */
export const get = getOne(knowledgeArticleEntity);
