import { campaign } from '../../things';
import { getMany as listOf } from '../factories';

/** Contract 2.2. */
export const getMany = listOf(campaign, { description: 'List the referral campaigns of the account' });
