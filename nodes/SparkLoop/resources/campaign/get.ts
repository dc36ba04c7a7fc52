import { campaign } from '../../entities';
import { getOne } from '../operations';

/** `GET /campaigns/{id}`; what it holds beside ID and name is not documented (docs/vendors/sparkloop.md#campaigns). */
export const get = getOne(campaign);
