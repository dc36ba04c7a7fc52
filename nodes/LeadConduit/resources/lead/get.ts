import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { simplifyLead } from '../../lead';
import { leadId } from './fields';

/** `GET /leads/{id}`, the lead in full (docs/vendors/leadconduit.md#lead). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get lead',
	description: 'Retrieve one lead with its data, enhancements, quality and everything that happened to it',
	fields: [leadId],
	input: z.object({ leadId: id }),
	safety: 'safe',
	orderingKey: (input) => input.leadId,
	request: (input) => ({ method: 'GET', path: ['leads', input.leadId] }),
	simplify: simplifyLead,
});
