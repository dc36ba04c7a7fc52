import type { IDataObject } from 'n8n-workflow';
import { VendorRuntime } from '../../sandbox/runtime.mts';
import { systemClock } from '../../sandbox/clock.mts';
import { vendors } from '../../sandbox/vendors.mts';
import type { DeliveryAttempt } from '../../sandbox/delivery/engine.mts';
import type { VendorView } from '../../sandbox/page/view.mts';
import type { Vendor } from '../../nodes/shared/vendor.ts';
import type { Delivery, Envelope, EventCatalogue } from '../../nodes/shared/webhook/events.ts';
import { problemsOfReading } from './credentialChecks.mts';
import type { Problem } from './rooms.mts';

/** Nobody listens here: what is delivered is read from the sandbox's own log. */
const NOWHERE = 'http://127.0.0.1:9/webhook';

const LEAD_FIELDS = [
	'platform',
	'id',
	'email',
	'phone',
	'firstName',
	'lastName',
	'company',
	'jobTitle',
	'status',
	'createdAt',
	'updatedAt',
	'customFields',
];

type Commands = Record<string, (input?: object) => Promise<unknown> | unknown>;

/** Has everything delivered: as an admin subscribes, where the vendor's sandbox has a command for that, else to each account. */
async function register(commands: Commands, { webhooks }: VendorView): Promise<void> {
	if (commands.subscribe) {
		await commands.subscribe({ url: NOWHERE });
		return;
	}
	const known = (await commands.accounts()) as Array<{ id: string }>;
	const accounts = webhooks?.accounts ?? known.map(({ id }) => id);
	for (const account of accounts) await commands.registerWebhook({ account, url: NOWHERE });
}

/** What the vendor's sandbox delivers for each event that it can send, by the event's name. */
export async function sampleDeliveries(platform: string): Promise<Map<string, Delivery>> {
	const sandbox = (vendors as unknown as Record<string, ConstructorParameters<typeof VendorRuntime>[0]>)[
		platform
	];
	if (!sandbox?.page) return new Map();
	const runtime = new VendorRuntime(sandbox, { clock: systemClock, timeScale: 1, seed: 1 });
	try {
		const commands = runtime.commands as unknown as Commands;
		const look = (): VendorView | undefined => sandbox.page?.(runtime.commands as never, 'http://sandbox');
		for (const { command, countAs, input } of look()?.imports ?? [])
			await commands[command]({ ...input, [countAs]: 1 });
		const view = look() as VendorView;
		await register(commands, view);
		for (const { input } of view.events) await commands.emit({ ...input, variant: 'genuine' });
		const log = (await commands.deliveries()) as DeliveryAttempt[];
		return new Map(
			log.map(({ event, body, headers }): [string, Delivery] => [
				event,
				{ rawBody: Buffer.from(body), headers: lowerCase(headers), query: {} },
			]),
		);
	} finally {
		await runtime.close();
	}
}

function lowerCase(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function isIsoTime(value: unknown): boolean {
	return (
		typeof value === 'string' && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value
	);
}

function problemsOfEnvelope(
	{ event, id, occurredAt, lead, data }: Envelope,
	platform: string,
	name: string,
): Problem[] {
	const unknown = Object.keys(lead ?? {}).filter((key) => !LEAD_FIELDS.includes(key));
	const wrong: Array<[boolean, Problem]> = [
		[event !== name, `the sample of ${name} is read as "${event}"`],
		[id !== undefined && (typeof id !== 'string' || id === ''), `the ID of ${name} is a text`],
		[
			occurredAt !== undefined && !isIsoTime(occurredAt),
			`the time of ${name} is ISO 8601 in UTC, not ${occurredAt}`,
		],
		[typeof data !== 'object' || data === null, `the data of ${name} is an object`],
		[lead !== undefined && lead.platform !== platform, `the lead of ${name} says that it is of ${platform}`],
		[lead !== undefined && typeof lead.id !== 'string', `the lead of ${name} has an ID`],
		[
			lead?.customFields !== undefined && typeof lead.customFields !== 'object',
			`the custom fields of ${name} are an object`,
		],
	];
	return [
		...wrong.flatMap(([isWrong, problem]) => (isWrong ? [problem] : [])),
		...unknown.map((key) => `the lead of ${name} has "${key}", which the one lead shape does not`),
	];
}

/** Whether each event of a catalogue has a sample delivery, and is read from it into the shape that users are promised. */
export function problemsOfEvents(
	catalogue: EventCatalogue,
	vendor: Vendor<string>,
	samples: Map<string, Delivery>,
	folder: string,
): Problem[] {
	const place = `${folder}/events.ts`;
	const { platform, credential } = vendor;
	const problems = catalogue.events.flatMap(({ value }): Problem[] => {
		const name = String(value);
		const delivery = samples.get(name);
		if (!delivery)
			return [
				`sandbox/${platform}/page.mts: list the event ${name} under events, and have the command emit send it`,
			];
		const body = JSON.parse(delivery.rawBody.toString('utf8')) as IDataObject;
		if (catalogue.isPing?.(body)) return [`${place}: the sample of ${name} is taken for a ping`];
		return problemsOfEnvelope(catalogue.read(body, delivery), platform, name).map(
			(problem) => `${place}: ${problem}`,
		);
	});
	const [sample] = samples.values();
	const anyDelivery = sample ?? { rawBody: Buffer.from('{}'), headers: {}, query: {} };
	const isOpen = catalogue.verify({ ...anyDelivery, headers: {}, query: {} }, {}) === undefined;
	return [
		...problems,
		...(isOpen
			? [`${place}: verify accepts a delivery without any proof for a credential that says nothing`]
			: []),
		...problemsOfReading(credential, `${place}: verify`, (asked) => catalogue.verify(anyDelivery, asked)),
	];
}
