import { answerSecrets } from './secrets.mts';

const id = (serial: number) => `66aa10f2c0ffee00${serial.toString(16).padStart(8, '0')}`;

export const flowIds = { solar: id(1), roofing: id(2), plain: id(3), trial: id(4), windows: id(5) };
export const entityIds = {
	form: id(0x11),
	partner: id(0x12),
	closed: id(0x13),
	crm: id(0x21),
	buyer: id(0x22),
};
export const reportId = id(0x31);

/** The accounts the sandbox starts with. Keys, ids and secrets are fixed, so that examples and tests can name them. */
export const accounts = [
	{
		id: 'acme',
		key: 'activeprospect-sandbox-acme',
		webhookSecret: 'activeprospect-sandbox-acme-webhooks',
		hasApi: true,
	},
	/** A plan without API access: some reads are refused with 401. */
	{
		id: 'trial',
		key: 'activeprospect-sandbox-trial',
		webhookSecret: 'activeprospect-sandbox-trial-webhooks',
		hasApi: false,
	},
];

/** The submitting partner's own key, for sources that ask for one. */
export const partnerKey = 'activeprospect-sandbox-partner';

export type AccountSeed = (typeof accounts)[number];

/** A flow as the sandbox holds it; `document` is what the API shows, and what a client may change. */
export interface FlowSeed {
	id: string;
	accountId: string;
	/** States that are served; all without it. */
	states?: string[];
	/** What a bid or a lead earns. */
	price: number;
	/** Leads with a `reference` that was there are declined. */
	refusesDuplicates: boolean;
	cap?: { name: string; maximum: number };
	pingLimit?: { name: string; maximum: number };
	document: Record<string, unknown>;
}

const source = (short: string, entityId: string, name: string, more: object = {}) => ({
	id: short,
	entity: { id: entityId, name },
	enabled: true,
	authentication_required: false,
	...more,
});

const mapped = ([property, value]: [string, string]) => ({ property, value });

/** What our trigger's notice asks for, and two fields more. */
const requestMappings = Object.entries({
	event_id: '{{event_id}}',
	lead_id: '{{lead.id}}',
	flow_id: '{{flow.id}}',
	flow_name: '{{flow.name}}',
	source_id: '{{source.id}}',
	source_name: '{{source.name}}',
	submitted_at: '{{submission.timestamp}}',
	price: '{{price}}',
	'lead.first_name': '{{lead.first_name}}',
	'lead.last_name': '{{lead.last_name}}',
	'lead.email': '{{lead.email}}',
	'lead.phone_1': '{{lead.phone_1}}',
	'lead.state': '{{lead.state}}',
	'lead.reference': '{{lead.reference}}',
}).map(([path, value]) => mapped([`json_property.${path}`, value]));

const responseMappings = Object.entries({
	outcome_search_path: 'outcome',
	outcome_search_term: '^success$',
	reason_path: 'reason',
	price_path: 'price',
	reference_path: 'reference',
}).map(mapped);

const documentOf = (name: string, more: object = {}) => ({
	name,
	enabled: true,
	ping_enabled: false,
	fields: [
		'first_name',
		'last_name',
		'email',
		'phone_1',
		'state',
		'reference',
		'tier_acme',
		'trustedform_cert_url',
	],
	sources: [
		source('s1a2b3', entityIds.form, 'Web form'),
		source('s4c5d6', entityIds.partner, 'Partner', { authentication_required: true }),
		source('s7e8f9', entityIds.closed, 'Closed source', { enabled: false }),
	],
	steps: [
		{
			id: 'r1a2b3',
			type: 'recipient',
			enabled: true,
			key: 'crm',
			entity: { id: entityIds.crm, name: 'CRM' },
			mappings: [
				{ property: 'url', value: `https://crm.shop.example/leads?token=${answerSecrets.addressToken}` },
				{ property: 'basic_password', value: answerSecrets.mapping },
				...requestMappings,
				...responseMappings,
			],
		},
	],
	caps: [],
	acceptance_criteria: { rules: [] },
	...more,
});

/** Flows anew for each reset. */
export const startFlows = (): FlowSeed[] => [
	{
		id: flowIds.solar,
		accountId: 'acme',
		states: ['TX', 'CA', 'NY'],
		price: 18.5,
		refusesDuplicates: true,
		pingLimit: { name: 'Solar pings', maximum: 50 },
		document: documentOf('Solar', { ping_enabled: true }),
	},
	{
		id: flowIds.roofing,
		accountId: 'acme',
		price: 0,
		refusesDuplicates: false,
		cap: { name: 'Roofing cap', maximum: 3 },
		document: documentOf('Roofing', { ping_enabled: true }),
	},
	{
		id: flowIds.plain,
		accountId: 'acme',
		price: 12,
		refusesDuplicates: false,
		document: documentOf('Plain intake'),
	},
	{
		id: flowIds.windows,
		accountId: 'acme',
		states: ['TX', 'CA'],
		price: 22,
		refusesDuplicates: true,
		document: documentOf('Windows', { ping_enabled: true }),
	},
	{
		id: flowIds.trial,
		accountId: 'trial',
		price: 5,
		refusesDuplicates: false,
		document: documentOf('Trial'),
	},
];
