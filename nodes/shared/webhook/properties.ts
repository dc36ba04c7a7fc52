import type {
	IHookFunctions,
	INodeProperties,
	INodePropertyOptions,
	IWebhookDescription,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { Vendor } from '../vendor';
import type { EventCatalogue } from './events';
import type { WebhookRegistration } from './registration';

/**
 * Versions of the trigger nodes. For nodes of version 1 n8n evaluates an expression with each request before it reads
 * the body; they stay for the workflows that have them.
 */
export const triggerVersions = [1, 1.1];

/** Where a trigger takes deliveries; what is sent as the answer, once n8n has taken the run, comes from `receive`. */
export const deliveries: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	responseData: '',
	path: 'webhook',
};

/** The same for a catalogue that states what to answer: the user chooses whether the workflow does it. */
export const answeredDeliveries: IWebhookDescription = {
	...deliveries,
	responseMode: '={{ $parameter["options"]["respond"] || "onReceived" }}',
	responseData: '={{ $parameter["options"]["respond"] === "lastNode" ? "firstEntryJson" : "" }}',
};

/** Stands for all events, those of tomorrow included. */
export const ALL_EVENTS = '*';

/** What stands below a trigger's name on the canvas. */
export const eventsSubtitle =
	'={{ $parameter["events"].includes("*") ? "all events" : $parameter["events"].join(", ") }}';

/** Stands in the list of events for those that the user types. */
export const OTHER_EVENTS = 'other';

/** The events that a trigger is set to; in place of Other Events those that the user typed. */
export function wantedEvents(context: IHookFunctions | IWebhookFunctions): string[] {
	const listed = context.getNodeParameter('events', [ALL_EVENTS]) as string[];
	const typed = context.getNodeParameter('otherEvents', '') as string;
	return [...listed.filter((name) => name !== OTHER_EVENTS), ...typed.split(/[\s,]+/).filter(Boolean)];
}

const commonOptions: INodeProperties[] = [
	{
		displayName: 'Drop Repeated Deliveries',
		name: 'dropRepeats',
		type: 'boolean',
		default: true,
		description: 'Whether an event that is delivered again runs the workflow only once',
	},
	{
		displayName: 'Include Headers',
		name: 'includeHeaders',
		type: 'boolean',
		default: false,
		description:
			'Whether to add the HTTP headers of the delivery to the output, without those that hold secrets',
	},
];

/** "AI Handoff" as n8n's node panel lists it: "On AI handoff". */
function withAction(event: INodePropertyOptions): INodePropertyOptions {
	const words = event.name.split(' ').map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()));
	return { ...event, action: `On ${words.join(' ')}` };
}

function optionsOf({ name }: Vendor, { maxAge, filter, respond, enrich }: EventCatalogue): INodeProperties[] {
	return [
		...commonOptions,
		...(filter?.options ?? []),
		...(respond?.stated?.options ?? []),
		...(maxAge
			? [
					{
						displayName: 'Max Age',
						name: 'maxAge',
						type: 'number' as const,
						typeOptions: { minValue: 1 },
						default: 300,
						description: maxAge.description,
					},
				]
			: []),
		...(enrich
			? [
					{
						displayName: 'Fetch Lead',
						name: 'fetchLead',
						type: 'boolean' as const,
						default: false,
						description: enrich.description,
					},
				]
			: []),
		...(respond
			? [
					{
						displayName: 'Respond',
						name: 'respond',
						type: 'options' as const,
						options: [
							{ name: 'Immediately', value: 'onReceived', description: 'As soon as the event is accepted' },
							{
								name: 'When Last Node Finishes',
								value: 'lastNode',
								description: `With the first item of the last node, ${respond.lastItem}`,
							},
						],
						default: 'onReceived',
						description: `When to answer ${name}, and whether the workflow itself says what`,
					},
				]
			: []),
	].sort((one, other) => one.displayName.localeCompare(other.displayName));
}

function eventsField({ events, otherEvents }: EventCatalogue): INodeProperties {
	return {
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{
				name: 'All Events',
				value: ALL_EVENTS,
				action: 'On any event',
				description: 'Every event, also of kinds not listed here',
			},
			...events.map(withAction),
			...(otherEvents
				? [
						{
							name: 'Other Events',
							value: OTHER_EVENTS,
							action: 'On other events',
							description: 'Events whose names you enter below',
						},
					]
				: []),
		],
		default: [ALL_EVENTS],
		description: 'The events that run the workflow; others are acknowledged and dropped',
	};
}

/** The fields of a trigger node: how it is registered, which events it takes, and the options of the catalogue's parts. */
export function triggerProperties(
	vendor: Vendor,
	catalogue: EventCatalogue,
	registration: WebhookRegistration,
): INodeProperties[] {
	const { notice, otherEvents } = catalogue;
	return [
		...registration.fields,
		...(notice ? [{ displayName: notice, name: 'eventsNotice', type: 'notice' as const, default: '' }] : []),
		eventsField(catalogue),
		...(otherEvents
			? [
					{
						displayName: 'Names of Other Events',
						name: 'otherEvents',
						type: 'string' as const,
						default: '',
						...otherEvents,
						displayOptions: { show: { events: [OTHER_EVENTS] } },
					},
				]
			: []),
		{
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: optionsOf(vendor, catalogue),
		},
	];
}
