import type { IHookFunctions, INodeProperties } from 'n8n-workflow';

/** The other way of registration, beside the automatic one. */
export interface ManualRegistration {
	/** In the list, in title case. */
	name: string;
	/** Shown under the name in the list. */
	description: string;
	/** What a person has to do, shown once it is chosen. */
	notice: string;
	/** Name of the parameter of the notice. */
	noticeName: string;
}

/** Where webhooks can be registered through the vendor's API, or by a person: the fields for that choice. */
export function registrationChoice(automatic: string, manual: ManualRegistration): INodeProperties[] {
	return [
		{
			displayName: 'Registration',
			name: 'registration',
			type: 'options',
			options: [
				{ name: 'Automatic', value: 'automatic', description: automatic },
				{ name: manual.name, value: 'manual', description: manual.description },
			],
			default: 'automatic',
		},
		{
			displayName: manual.notice,
			name: manual.noticeName,
			type: 'notice',
			default: '',
			displayOptions: { show: { registration: ['manual'] } },
		},
	];
}

/** Whether the user chose to have the webhook registered by a person. */
export function isRegisteredManually(context: Pick<IHookFunctions, 'getNodeParameter'>): boolean {
	return context.getNodeParameter('registration', 'automatic') === 'manual';
}
