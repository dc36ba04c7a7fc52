import { partnerCampaign } from '../../entities';
import { getOne } from '../operations';

/** Contract 2.3. */
export const get = getOne(partnerCampaign);
