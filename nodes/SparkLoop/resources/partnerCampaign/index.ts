import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';
import { getMany } from './getMany';

export const partnerCampaign: Resource = {
	name: 'Partner Campaign',
	value: 'partnerCampaign',
	operations: [getMany, get],
};
