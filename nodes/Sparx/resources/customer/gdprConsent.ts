import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { choiceField, textField, timeField } from '../fields';

/** Consent of a customer, which Sparx keeps as an object (docs/vendors/sparx.md, Customers). */
export const gdprConsentField: INodeProperties = {
	displayName: 'GDPR Consent',
	name: 'gdprConsent',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Add consent',
	options: [
		{
			displayName: 'Consent',
			name: 'consent',
			values: [
				timeField('Granted At', 'grantedAt'),
				textField('IP Address', 'ipAddress'),
				{
					displayName: 'Scope',
					name: 'scope',
					type: 'multiOptions',
					options: [
						{ name: 'Marketing', value: 'marketing' },
						{ name: 'Profiling', value: 'profiling' },
						{ name: 'Transactional', value: 'transactional' },
					],
					default: [],
				},
				choiceField(
					'Source',
					'source',
					[
						['Admin', 'admin'],
						['API', 'api'],
						['Checkout', 'checkout'],
						['Import', 'import'],
						['Signup', 'signup'],
					],
					'api',
				),
			],
		},
	],
};

export const gdprConsent = z
	.object({
		consent: z.object({
			grantedAt: z.string().optional(),
			ipAddress: z.string().trim().optional(),
			scope: z.array(z.string()).optional(),
			source: z.string().optional(),
		}),
	})
	.transform(({ consent }) => consent);
