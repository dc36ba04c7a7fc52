import { deal } from '../../entities';
import { choiceField, textField } from '../fields';
import { getManyOf } from '../operations';

export const getMany = getManyOf(deal, {
	fields: [
		textField('Assigned Rep ID', 'assignedRepId'),
		textField('Company ID', 'companyId'),
		textField('Customer ID', 'customerId'),
		textField('Pipeline ID', 'pipelineId'),
		textField('Search', 'search', 'A part of the title, in upper or lower case'),
		textField('Stage ID', 'stageId'),
		choiceField(
			'State',
			'state',
			[
				['Closed', 'closed'],
				['Open', 'open'],
			],
			'open',
		),
	],
	query: ({ assignedRepId, companyId, customerId, pipelineId, search, stageId, state }) => ({
		assigned_rep_id: assignedRepId,
		b2b_account_id: companyId,
		customer_id: customerId,
		pipeline_id: pipelineId,
		q: search,
		stage_id: stageId,
		state,
	}),
	matches: ({ title }, { search }) =>
		search === undefined || String(title).toLowerCase().includes(String(search).toLowerCase()),
});
