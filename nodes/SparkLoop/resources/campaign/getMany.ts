import { campaign } from '../../entities';
import { getMany as listOf } from '../operations';

/** `GET /campaigns`; one for each account today, and no counts (docs/vendors/sparkloop.md#campaigns). */
export const getMany = listOf(campaign, { description: 'List the referral campaigns of the account' });
