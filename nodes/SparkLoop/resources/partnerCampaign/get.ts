import { partnerCampaign } from '../../entities';
import { getOne } from '../operations';

/** `GET /partner_profile/partner_campaigns/{id}` (docs/vendors/sparkloop.md#partner-profile). */
export const get = getOne(partnerCampaign);
