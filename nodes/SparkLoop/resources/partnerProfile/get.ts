import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { part } from '../../apiFields';

/** What a profile holds is not documented (docs/vendors/sparkloop.md#partner-profile). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get partner profile',
	description: "Retrieve the account's partner profile",
	fields: [],
	input: z.object({}),
	safety: 'safe',
	request: () => ({ method: 'GET', path: ['partner_profile'] }),
	output: (answer) => part(answer, 'partner_profile'),
	advice: { 404: 'This account has no partner profile. Create one in SparkLoop.' },
});
