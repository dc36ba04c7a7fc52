import { apiRequest, type ApiRequest } from '../../shared/operation/apiRequest';
import { listReading } from '../lists';
import { campaign } from './campaign';
import { offer } from './offer';
import { partnerCampaign } from './partnerCampaign';
import { partnerNetwork } from './partnerNetwork';
import { partnerProfile } from './partnerProfile';
import { partnerProgram } from './partnerProgram';
import { publication } from './publication';
import { recommendation } from './recommendation';
import { subscriber } from './subscriber';
import { upscribe } from './upscribe';
import { webhook } from './webhook';

const anyList = listReading<ApiRequest>(({ path, query }) => ({
	path,
	query: query as Record<string, string>,
}));

/** In the order in which n8n's node panel lists their actions: what people look for first. */
export const resources = [
	subscriber,
	campaign,
	offer,
	partnerCampaign,
	partnerNetwork,
	partnerProfile,
	partnerProgram,
	publication,
	recommendation,
	upscribe,
	webhook,
	apiRequest(anyList),
];
