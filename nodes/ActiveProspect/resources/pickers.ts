import type { INodeProperties } from 'n8n-workflow';
import { pickerField } from '../../shared/picker/field';

const ID = '[0-9a-fA-F]{24}';

const POSTING_URL =
	'https://app.leadconduit.com/flows/66aa10f2c0ffee0011223300/sources/66aa10f2c0ffee0011223311/submit';

/** The flow that an operation is about; its posting URL names it too. */
export const flowId = pickerField({
	displayName: 'Flow',
	name: 'flowId',
	noun: 'flow',
	searchMethod: 'searchFlows',
	exampleId: '66aa10f2c0ffee0011223300',
	description:
		'The flow in LeadConduit. Its posting URL can be pasted here, and the same below for the source.',
	url: { example: POSTING_URL, idPattern: `https?://[^?#]+/flows/(${ID})` },
});

/** The source of a posting URL: the ID of its entity (docs/vendors/activeprospect.md#submit). */
export const sourceId = pickerField({
	displayName: 'Source',
	name: 'sourceId',
	noun: 'source',
	searchMethod: 'searchSources',
	exampleId: '66aa10f2c0ffee0011223311',
	description: 'Where the lead comes from, one of the sources of the flow',
	url: { example: POSTING_URL, idPattern: `https?://[^?#]+/sources/(${ID})` },
});

export const listName = pickerField({
	displayName: 'List',
	name: 'list',
	noun: 'list',
	searchMethod: 'searchLists',
	exampleId: 'do_not_call',
	description: 'The suppression list, by its URL name',
});

export const reportId = pickerField({
	displayName: 'Report',
	name: 'reportId',
	noun: 'report',
	searchMethod: 'searchReports',
	exampleId: '66aa10f2c0ffee0000000031',
});

const CHOOSE =
	'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

function filter(displayName: string, name: string, loadOptionsMethod: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'options',
		typeOptions: { loadOptionsMethod },
		default: '',
		description: CHOOSE,
	};
}

/** Filters by flow, source and recipient. */
export const flowFilter = filter('Flow Name or ID', 'flowId', 'getFlows');
export const sourceFilter = filter('Source Name or ID', 'sourceId', 'getSources');
export const recipientFilter = filter('Recipient Name or ID', 'recipientId', 'getRecipients');

export const leadId: INodeProperties = {
	displayName: 'Lead ID',
	name: 'leadId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 66aa10f2c0ffee0011223344',
	description: 'The ID that Submit returned, or that a recipient step was given',
};

function date(displayName: string, name: string): INodeProperties {
	return { displayName, name, type: 'dateTime', required: true, default: '' };
}

/** Reports and statistics cover a period that has to be stated. */
export const period = [date('Start', 'start'), date('End', 'end')];
