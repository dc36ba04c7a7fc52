import { partnerCampaign } from '../../things';
import { getOne } from '../factories';

/** Contract 2.3. */
export const get = getOne(partnerCampaign);
