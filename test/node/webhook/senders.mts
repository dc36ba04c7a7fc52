import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { SeenDelivery } from '../../unit/support/hostile.mts';

const SECRET = 'a secret of the tests';

const hmac = (text: string): string => createHmac('sha256', SECRET).update(text).digest('hex');
const json = { 'content-type': 'application/json' };

/** How one vendor delivers. */
export interface Sender {
	vendor: string;
	/** Of the trigger node. */
	type: string;
	credentialType: string;
	credential: IDataObject;
	parameters: IDataObject;
	/** A genuine delivery; the ID tells it from others. */
	deliver(id: string): SeenDelivery;
}

/** Genuine deliveries of the vendors whose webhooks a person registers by hand, so that no API is needed. */
export const senders: Sender[] = [
	{
		vendor: 'Spara',
		type: 'sparaTrigger',
		credentialType: 'sparaApi',
		credential: {
			webhookVerification: 'hmac',
			webhookHeader: 'X-Webhook-Token',
			webhookEncoding: 'hex',
			webhookPrefix: 'sha256=',
			webhookSecret: SECRET,
		},
		parameters: {},
		deliver: (id) => {
			const body = JSON.stringify({ event: 'lead.created', event_id: id, lead: { id, object: 'lead' } });
			const headers = { ...json, 'x-webhook-token': `sha256=${hmac(body)}` };
			return { headers, body, proof: 'x-webhook-token', isBound: true };
		},
	},
	{
		vendor: 'Sparx',
		type: 'sparxTrigger',
		credentialType: 'sparxApi',
		credential: { signingSecret: SECRET },
		parameters: { registration: 'manual' },
		deliver: (id) => {
			const delivered_at = new Date().toISOString();
			const body = JSON.stringify({ id, type: 'media.uploaded', delivered_at, data: { path: 'a' } });
			const headers = { ...json, 'x-sparx-signature': `sha256=${hmac(body)}` };
			return { headers, body, proof: 'x-sparx-signature', isBound: true };
		},
	},
	{
		vendor: 'LeadConduit',
		type: 'leadConduitTrigger',
		credentialType: 'leadConduitApi',
		credential: { webhookVerification: 'signature', webhookSecret: SECRET },
		parameters: {},
		deliver: (id) => {
			const timestamp = new Date().toISOString();
			const data = { lead: { email: 'a@b.example' } };
			const text = JSON.stringify({ event_type: 'lead.received', timestamp, lead_id: id, data });
			const body = `${text.slice(0, -1)},"signature":"sha256=${hmac(text)}"}`;
			return { headers: json, body, isBound: true };
		},
	},
	{
		vendor: 'SparkLoop',
		type: 'sparkLoopTrigger',
		credentialType: 'sparkLoopApi',
		credential: { webhookVerification: 'token', webhookToken: SECRET },
		parameters: { registration: 'manual' },
		deliver: (id) => {
			const body = JSON.stringify({ type: 'new_referral', subscriber: { uuid: id, email: 'a@b.example' } });
			return {
				headers: { ...json, 'sparkloop-token': SECRET },
				body,
				proof: 'sparkloop-token',
				isBound: false,
			};
		},
	},
	{
		vendor: 'ActiveProspect',
		type: 'activeProspectTrigger',
		credentialType: 'activeProspectApi',
		credential: { webhookVerification: 'header', webhookSecret: SECRET },
		parameters: {},
		deliver: (id) => {
			const body = JSON.stringify({ event_id: id, lead_id: id, lead: { email: 'a@b.example' } });
			const headers = { ...json, 'x-leadconduit-token': SECRET };
			return { headers, body, proof: 'x-leadconduit-token', isBound: false };
		},
	},
];

/** Leadiosa makes the secret when the webhook is registered; the credential may state one as well. */
export const leadiosaSender: Sender = {
	vendor: 'Leadiosa',
	type: 'leadiosaTrigger',
	credentialType: 'leadiosaApi',
	credential: { webhookSecret: SECRET },
	parameters: {},
	deliver: (id) => {
		const body = JSON.stringify({
			id,
			type: 'contact.created',
			created_at: '2026-02-03T09:00:00Z',
			data: { id },
		});
		const headers = { ...json, 'x-leadiosa-signature': `sha256=${hmac(body)}` };
		return { headers, body, proof: 'x-leadiosa-signature', isBound: true };
	},
};
