import { partnerCampaign } from '../../things';
import { getMany as listOf } from '../factories';

/** Contract 2.3. */
export const getMany = listOf(partnerCampaign);
