import { partnerCampaign } from '../../entities';
import { getMany as listOf } from '../operations';

/** `GET /partner_profile/partner_campaigns` (docs/vendors/sparkloop.md#partner-profile). */
export const getMany = listOf(partnerCampaign);
