import { createHash } from 'node:crypto';
import {
	NodeConnectionTypes,
	type IDataObject,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { listIn } from '../shared/paging/listIn';
import { timeWindows } from '../shared/paging/timeWindows';
import { poll } from '../shared/polling/poll';
import { pollingProperties } from '../shared/polling/properties';
import type { PollSource, Warn } from '../shared/polling/source';
import { systemClock } from '../shared/clock';
import type { Send } from '../shared/transport/transport';
import { simplifyLead } from './lead';
import { spara } from './vendor';

const SECOND_MS = 1000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;

/** The most leads in one answer (docs/vendors/spara.md#search). */
const CAP = 1000;

/** No clock is more than this ahead or behind. */
const CLOCK_TOLERANCE_MS = DAY_MS;

function epochSeconds(time: number): number {
	return Math.floor(time / SECOND_MS);
}

/**
 * All leads that a search from a time on gives; which of a lead's times it compares is not documented
 * (docs/vendors/spara.md#search).
 */
function leadsSince(from: number, send: Send, warn: Warn = () => {}): AsyncIterable<IDataObject[]> {
	return timeWindows({
		fetch: async (start, end) =>
			listIn<IDataObject>(
				await send({ method: 'GET', path: ['leads', 'search'], query: { start, end } }),
				'data',
			),
		recordId: ({ id }) => String(id),
		timesOf: (lead) => [epochSeconds(Date.parse(String(lead.created_at)))],
		cap: CAP,
		start: Math.max(0, epochSeconds(from)),
		now: () => epochSeconds(systemClock.now()),
		noun: 'leads',
		onCrowdedSecond: ({ records, message, description }) =>
			warn(
				records,
				`${message}, as after an import. ${records.length.toLocaleString('en-US')} of them were given. ${description} Spara's Search finds single leads by their email.`,
			),
	});
}

function digestOf(value: unknown): string {
	return createHash('sha256')
		.update(JSON.stringify(value) ?? '')
		.digest('hex')
		.slice(0, 12);
}

interface Watched {
	time: 'created_at' | 'updated_at';
	/** How far before the time that is looked for a search has to start, in milliseconds. */
	lookBackMs: number;
	keyOf(lead: IDataObject): string;
}

function source(
	name: string,
	value: string,
	description: string,
	{ time, lookBackMs, keyOf }: Watched,
): PollSource {
	const timeOf = (lead: IDataObject): number => Date.parse(String(lead[time]));
	const newestOf = async (send: Send): Promise<IDataObject | undefined> => {
		let newest: IDataObject | undefined;
		for await (const page of leadsSince(systemClock.now() - CLOCK_TOLERANCE_MS, send)) {
			for (const lead of page) if (!newest || timeOf(lead) > timeOf(newest)) newest = lead;
		}
		return newest;
	};
	return {
		name,
		value,
		description,
		newest: async (send) => {
			const lead = await newestOf(send);
			return lead ? timeOf(lead) : systemClock.now() - CLOCK_TOLERANCE_MS;
		},
		since: (from, send, warn) => leadsSince(from - lookBackMs, send, warn),
		sample: async (send) => {
			const newest = await newestOf(send);
			if (newest) return newest;
			const [lead] = listIn<IDataObject>(await send({ method: 'GET', path: ['leads', 'search'] }), 'data');
			return lead;
		},
		timeOf,
		keyOf,
		simplify: (lead) => ({ lead: simplifyLead(lead) }),
	};
}

/** A search by date may compare when a lead was created, so a change is found only in leads younger than this. */
const CHANGES_LOOK_BACK_DAYS = 30;

const sources: PollSource[] = [
	source('Lead Created', 'lead.created', 'A new lead', {
		time: 'created_at',
		lookBackMs: 0,
		keyOf: ({ id }) => String(id),
	}),
	source(
		'Lead Created or Updated',
		'lead.updated',
		`A new lead, or the latest state of one that changed within ${CHANGES_LOOK_BACK_DAYS} days of its creation`,
		{
			time: 'updated_at',
			lookBackMs: CHANGES_LOOK_BACK_DAYS * DAY_MS,
			// Times are whole seconds: two changes within one differ in the fields only.
			keyOf: ({ id, updated_at, data }) => [id, updated_at, digestOf(data)].map(String).join(' '),
		},
	),
];

export class SparaPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Spara Polling Trigger',
		name: 'sparaPollingTrigger',
		icon: { light: 'file:../../icons/spara.svg', dark: 'file:../../icons/spara.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Looks for new or changed leads in Spara and starts the workflow with each, without a webhook',
		defaults: { name: 'Spara Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sparaApi', required: true }],
		properties: pollingProperties(sources),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, spara, sources);
	}
}
