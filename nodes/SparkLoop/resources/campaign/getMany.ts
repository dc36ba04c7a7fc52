import { campaign } from '../../entities';
import { getMany as listOf } from '../operations';

/** Contract 2.2. */
export const getMany = listOf(campaign, { description: 'List the referral campaigns of the account' });
