import type { IDataObject, INode } from 'n8n-workflow';
import type { Vendor } from '../../../nodes/shared/vendor.ts';

/** A vendor that says everything about an error in its body. */
export const vendor: Vendor = {
	name: 'Acme',
	platform: 'acme',
	credential: {
		name: 'acmeApi',
		displayName: 'Acme API',
		properties: ['apiKey', 'webhookSecret', 'previousWebhookSecret'].map((name) => ({
			displayName: name,
			name,
			type: 'string',
			typeOptions: { password: true },
			default: '',
		})),
	},
	credentialNoun: 'API key',
	identity: ({ apiKey }) => [String(apiKey)],
	rateLimits: () => ({ general: [] }),
	readError: (body) => {
		const { message, code, requestId } = (
			typeof body === 'object' && body !== null ? body : { message: body }
		) as IDataObject;
		return { message: message as string, code: code as string, requestId: requestId as string };
	},
	whereToLook: 'Look at the lead in Acme.',
};

export const node: INode = {
	id: 'node-1',
	name: 'Acme',
	type: 'n8n-nodes-leadwire.acme',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
