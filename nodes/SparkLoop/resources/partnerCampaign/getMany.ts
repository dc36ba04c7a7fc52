import { partnerCampaign } from '../../entities';
import { getMany as listOf } from '../operations';

/** Contract 2.3. */
export const getMany = listOf(partnerCampaign);
