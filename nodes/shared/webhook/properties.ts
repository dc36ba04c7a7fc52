import type {
	IHookFunctions,
	INodeProperties,
	INodePropertyOptions,
	IWebhookDescription,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { EventCatalogue } from './events';

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

/** Stands for all events, those of tomorrow included. */
export const ALL_EVENTS = '*';

/** What stands below a trigger's name on the canvas. */
export const eventsSubtitle =
	'={{ $parameter["events"].includes("*") ? "all events" : $parameter["events"].join(", ") }}';

/** The events that a trigger is set to, with those that the user typed into a field `otherEvents`, if it has one. */
export function wantedEvents(context: IHookFunctions | IWebhookFunctions): string[] {
	const listed = context.getNodeParameter('events', [ALL_EVENTS]) as string[];
	const typed = context.getNodeParameter('otherEvents', '') as string;
	return [...listed, ...typed.split(/[\s,]+/).filter(Boolean)];
}

const eventOptions: INodeProperties[] = [
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

/** The fields of a trigger node. */
export function triggerProperties(
	{ events }: EventCatalogue,
	options: INodeProperties[] = [],
): INodeProperties[] {
	return [
		{
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
			],
			default: [ALL_EVENTS],
			description: 'The events that run the workflow; others are acknowledged and dropped',
		},
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
			options: [...options, ...eventOptions].sort((one, other) =>
				one.displayName.localeCompare(other.displayName),
			),
		},
	];
}
