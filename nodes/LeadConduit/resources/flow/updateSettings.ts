import { UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { withoutEmpty } from '../../../shared/data/values';
import { flowId } from './fields';

function whole(displayName: string, name: string): INodeProperties {
	return { displayName, name, type: 'number', typeOptions: { minValue: 1, numberPrecision: 0 }, default: 1 };
}

const limit = z.number().int('must be a whole number').positive('must be 1 or more');

/** Entries that have something in them. */
function filled(groups: Record<string, IDataObject>): IDataObject {
	return Object.fromEntries(Object.entries(groups).filter(([, values]) => Object.keys(values).length > 0));
}

/** Whether settings are replaced or merged is not documented (docs/vendors/leadconduit.md#flows). */
export const updateSettings = operation({
	name: 'Update Settings',
	value: 'updateSettings',
	action: 'Update flow settings',
	description: 'Change the acceptance criteria, quality threshold, volume caps or notifications of a flow',
	fields: [
		flowId,
		{
			displayName:
				'LeadConduit does not say whether settings that are left out stay as they are. Only what you fill in is sent, so fill in everything that is to stay: both caps, and both notifications. Nor does it say how to clear a setting; API Request > Send passes null on.',
			name: 'replaceNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Settings',
			name: 'settings',
			type: 'collection',
			placeholder: 'Add setting',
			default: {},
			options: [
				{
					displayName: 'Acceptance Criteria',
					name: 'acceptanceCriteria',
					type: 'string',
					default: '',
					description: 'An expression in the language of LeadConduit; leads that do not fit it are rejected',
				},
				whole('Daily Limit', 'dailyLimit'),
				whole('Hourly Limit', 'hourlyLimit'),
				{
					displayName: 'Notification Email',
					name: 'notificationEmail',
					type: 'string',
					default: '',
					placeholder: 'name@email.com',
				},
				{
					displayName: 'Quality Threshold',
					name: 'qualityThreshold',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
					default: 0.5,
					description: 'The lowest quality score of a lead that is taken, from 0 to 1',
				},
				{
					displayName: 'Webhook URL',
					name: 'webhookUrl',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://example.com/webhook',
					description: 'Where events about the leads of the flow go. A flow has one such URL.',
				},
			],
		},
	],
	input: z.object({
		flowId: id,
		settings: z
			.object({
				acceptanceCriteria: z.string(),
				dailyLimit: limit,
				hourlyLimit: limit,
				notificationEmail: z.string(),
				qualityThreshold: z.number(),
				webhookUrl: z.string().url('must be a URL'),
			})
			.partial()
			.default({}),
	}),
	safety: 'idempotent',
	orderingKey: (input) => input.flowId,
	request: ({ flowId: flow, settings }) => {
		const body = {
			...withoutEmpty({
				acceptance_criteria: settings.acceptanceCriteria,
				quality_threshold: settings.qualityThreshold,
			}),
			...filled({
				volume_cap: withoutEmpty({ daily_limit: settings.dailyLimit, hourly_limit: settings.hourlyLimit }),
				notifications: withoutEmpty({ email: settings.notificationEmail, webhook_url: settings.webhookUrl }),
			}),
		};
		if (Object.keys(body).length === 0)
			throw new UserError('There is nothing to update: no setting has a value');
		return { method: 'PUT', path: ['flows', flow, 'settings'], body: { settings: body } };
	},
});
