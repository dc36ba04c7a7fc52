import type { IDataObject } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox/server.mts';
import { reportId as savedReport } from '../../../sandbox/activeprospect/accounts.mts';

/** One operation as a person would set it, and what its items hold. */
export interface OperationCase {
	/** `resource: operation`. */
	name: string;
	parameters: IDataObject;
	items?: IDataObject[];
	/** Of each item, in order. */
	expected: unknown[];
}

const picked = (value: string) => ({ __rl: true, mode: 'id', value });
const PERIOD = { start: '2020-01-01T00:00:00Z', end: '2100-01-01T00:00:00Z' };
const ONE_LIST = { list: picked('do_not_call') };

/**
 * Every operation once, each on what those before it left behind: so a row is asked for when its turn comes. Two leads
 * go into the flow Solar first.
 */
export function operationCases(activeprospect: Sandbox['activeprospect']): Array<() => OperationCase> {
	const { solar, roofing } = activeprospect.flowIds();
	const { form } = activeprospect.entityIds();
	const posting = { flowId: picked(solar), sourceId: picked(form), leadData: 'lead' };
	const ana = {
		email: 'ana@n8n.example',
		firstName: 'Ana',
		customFields: { state: 'TX', reference: 'row-1' },
	};
	const ben = {
		email: 'ben@n8n.example',
		firstName: 'Ben',
		customFields: { state: 'WA', reference: 'row-2' },
	};
	const taken = () => activeprospect.leads()[0].id;
	const delivery = () => activeprospect.events().find(({ type }) => type === 'recipient')?.id;
	const lead = (more: object) => expect.objectContaining({ platform: 'activeprospect', ...more });
	const some = (record: object) => expect.objectContaining(record);

	return [
		() => ({
			name: 'lead: submit',
			parameters: posting,
			items: [ana, ben],
			expected: [
				lead({ email: ana.email, outcome: 'success', status: 'accepted', price: 18.5 }),
				lead({ email: ben.email, outcome: 'failure', status: 'rejected', reason: 'state not served' }),
			],
		}),
		() => ({
			name: 'lead: ping',
			parameters: posting,
			items: [ana, ben].map((one) => ({ ...one, customFields: { state: one.customFields.state } })),
			expected: [
				{ flowId: solar, outcome: 'success', price: 18.5 },
				{ flowId: solar, outcome: 'failure', reason: 'state not served', price: 0 },
			],
		}),
		() => ({
			name: 'lead: pingAndSubmit',
			parameters: { ...posting, minimumPrice: 20 },
			items: [{ ...ana, customFields: { state: 'TX' } }],
			expected: [{ flowId: solar, submitted: false, pingOutcome: 'success', pingPrice: 18.5 }],
		}),
		() => ({
			name: 'lead: get',
			parameters: { leadId: taken() },
			expected: [lead({ id: taken(), email: ana.email, outcome: 'success', flowName: 'Solar' })],
		}),
		() => ({
			name: 'lead: search',
			parameters: { query: ana.email, returnAll: true },
			expected: [lead({ id: taken(), flowId: solar })],
		}),
		() => ({
			name: 'lead: getTimeline',
			parameters: { leadId: taken(), returnAll: true },
			expected: [
				some({ type: 'recipient', outcome: 'success' }),
				some({ type: 'source', outcome: 'success' }),
			],
		}),
		() => ({
			name: 'feedback: send',
			parameters: { about: 'lead', leadId: taken(), type: 'conversion', reason: 'policy sold' },
			expected: [{ eventId: delivery(), leadId: taken(), outcome: 'success', price: 0 }],
		}),
		() => ({
			name: 'event: getMany',
			parameters: { filters: { types: ['feedback-received', 'recipient'] }, returnAll: true },
			expected: [some({ type: 'feedback-received' }), some({ type: 'recipient', eventId: delivery() })],
		}),
		() => ({
			name: 'event: get',
			parameters: { eventId: delivery() },
			expected: [some({ eventId: delivery(), recipientName: 'CRM', lead: lead({ id: taken() }) })],
		}),
		() => ({
			name: 'event: getStatistics',
			parameters: { columns: ['source-submitted', 'source-success'], ...PERIOD },
			expected: [{ 'source-submitted': 2, 'source-success': 1 }],
		}),
		() => ({
			name: 'flow: getMany',
			parameters: { filters: { name: 'r' }, returnAll: true },
			expected: [some({ id: solar, name: 'Solar', sourceCount: 3 }), some({ id: roofing, name: 'Roofing' })],
		}),
		() => ({
			name: 'flow: get',
			parameters: { flowId: picked(solar) },
			expected: [some({ id: solar, enabled: true, pingEnabled: true, stepCount: 1 })],
		}),
		() => ({
			name: 'flow: getFields',
			parameters: { flowId: picked(solar) },
			expected: (activeprospect.flow({ flow: solar }).document.fields as string[]).map((id) => some({ id })),
		}),
		() => ({
			name: 'flow: setEnabled',
			parameters: { flowId: picked(roofing), enabled: false, deploy: true },
			expected: [some({ id: roofing, enabled: false, deployed: true })],
		}),
		() => ({
			name: 'source: getSubmissionDetails',
			parameters: { flowId: picked(solar), sourceId: picked(form) },
			expected: [
				some({
					flowName: 'Solar',
					sourceName: 'Web form',
					postingUrl: `https://app.leadconduit.com/flows/${solar}/sources/${form}/submit`,
				}),
			],
		}),
		() => ({
			name: 'suppressionList: add',
			parameters: { ...ONE_LIST, values: 'ana@n8n.example, 5125550142' },
			expected: [{ list: 'do_not_call', accepted: 2, rejected: 0 }],
		}),
		() => ({
			name: 'suppressionList: check',
			parameters: { ...ONE_LIST, value: '={{ $json.value }}' },
			items: [{ value: ' Ana@N8N.example' }, { value: 'ben@n8n.example' }],
			expected: [some({ found: true, exists_in_lists: ['do_not_call'] }), some({ found: false })],
		}),
		() => ({
			name: 'suppressionList: remove',
			parameters: { ...ONE_LIST, values: ['5125550142'] },
			expected: [{ list: 'do_not_call', deleted: 1, rejected: 0 }],
		}),
		() => ({
			name: 'suppressionList: getMany',
			parameters: { returnAll: true },
			expected: [some({ url_name: 'do_not_call' }), some({ url_name: 'duplicates' })],
		}),
		() => ({
			name: 'cap: getMany',
			parameters: { filters: { flowId: solar }, returnAll: true },
			expected: [some({ kind: 'pingLimit', count: 3, maximum: 50, usagePercent: 6 })],
		}),
		() => ({
			name: 'report: getMany',
			parameters: { returnAll: true },
			expected: [some({ id: savedReport, name: 'Sources this month', token: '***' })],
		}),
		() => ({
			name: 'report: run',
			parameters: { reportId: picked(savedReport), ...PERIOD },
			expected: [{ 'vars.source.name': 'Web form', 'source-submitted': 2 }],
		}),
		() => ({
			name: 'entity: create',
			parameters: { name: 'Sun Buyers', source: 'none', recipient: 'buyer' },
			expected: [some({ name: 'Sun Buyers', source: null, recipient: 'buyer', module_ids: [] })],
		}),
		() => ({
			name: 'entity: getMany',
			parameters: { returnAll: true },
			expected: ['Web form', 'CRM', 'Sun Buyers'].map((name) => some({ name })),
		}),
		() => ({
			name: 'field: create',
			parameters: { name: 'Roof age', type: 'number', additionalFields: { description: 'In years' } },
			expected: [
				some({ id: 'roof_age', name: 'Roof age', type: 'number', description: 'In years', standard: false }),
			],
		}),
		() => ({
			name: 'field: getMany',
			parameters: { returnAll: true },
			expected: ['Email', 'Phone 1', 'Tier', 'Roof age'].map((name) => some({ name })),
		}),
		() => ({
			name: 'apiRequest: send',
			parameters: { method: 'GET', path: '/reports' },
			expected: [some({ id: savedReport, token: '***' })],
		}),
	];
}
