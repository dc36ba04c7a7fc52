import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { attemptAsync } from '../attempt';
import type { Send } from '../transport/transport';
import type { Vendor } from '../vendor';
import { withTransport } from '../transport/withTransport';
import {
	isKnown,
	newMemory,
	remembering,
	storedMemory,
	storeMemory,
	type PollMemory,
	type Sighting,
} from './memory';
import { isNewContent, presentContents, storeContents, storedContents } from './contents';
import type { PollSource, Warn } from './source';

/** The next poll comes soon enough: a longer wait for the rate limit ends this one. */
const MAX_WAIT_MS = 5 * 60 * 1000;

/** The polls of this process that are under way, by trigger. */
const underWay = new Map<string, Promise<unknown>>();

/** A record that has not been given yet. */
interface Finding extends Sighting {
	record: IDataObject;
}

interface Reading {
	sightings: Sighting[];
	findings: Finding[];
}

async function read(source: PollSource, memory: PollMemory, send: Send, warn: Warn): Promise<Reading> {
	const sightings = new Map<string, Sighting>();
	const findings: Finding[] = [];
	for await (const page of source.since(memory.from, send, warn)) {
		for (const record of page) {
			const sighting = { key: source.keyOf(record), time: source.timeOf(record) };
			if (sighting.time < memory.from || sightings.has(sighting.key)) continue;
			sightings.set(sighting.key, sighting);
			if (!isKnown(memory, sighting)) findings.push({ ...sighting, record });
		}
	}
	// Most lists come newest first: of records of the same time the one read last is the oldest.
	findings.reverse().sort((one, other) => one.time - other.time);
	return { sightings: [...sightings.values()], findings };
}

/** What is new since the last run, oldest first. The first run only looks at what there is. */
async function readNew(
	source: PollSource,
	staticData: IDataObject,
	send: Send,
	warn: Warn,
): Promise<IDataObject[]> {
	const event = [source.value, source.scope].filter(Boolean).join(' ');
	const stored = storedMemory(staticData, event);
	const memory = stored ?? newMemory(await source.newest(send), source.overlapMs);
	const { sightings, findings } = await read(source, memory, send, warn);
	const found = findings.map(({ record }) => record);
	const known = source.counting && stored && storedContents(staticData, event);
	const contents = known ?? (source.counting && (await presentContents(source.counting, send)));
	const counts = (record: IDataObject): boolean =>
		!known || !source.counting || isNewContent(known, record, source.counting);
	const given = found.filter(counts);
	// Only now: a run that was interrupted is to be done again as a whole.
	const isChanged = !stored || found.length > 0;
	if (isChanged) storeMemory(staticData, event, remembering(memory, sightings, source.overlapMs));
	if (contents && (isChanged || !known)) storeContents(staticData, event, contents);
	return stored ? given : [];
}

async function readSample(source: PollSource, send: Send): Promise<IDataObject[]> {
	const record = await source.sample(send);
	return record ? [record] : [];
}

function jsonOf(
	record: IDataObject,
	source: PollSource,
	{ platform, redact = (shown) => shown }: Vendor,
	simplify: boolean,
): IDataObject {
	if (!simplify) return redact(record);
	return redact({
		platform,
		event: source.value,
		eventId: source.keyOf(record),
		occurredAt: new Date(source.timeOf(record)).toISOString(),
		...source.simplify(record),
	});
}

async function pollOnce(
	context: IPollFunctions,
	vendor: Vendor,
	sources: PollSource[],
): Promise<INodeExecutionData[][] | null> {
	const wanted = context.getNodeParameter('event') as string;
	const simplify = context.getNodeParameter('simplify', true) as boolean;
	return await withTransport(context, vendor, { action: 'Look for new records' }, async ({ sender }) => {
		const source = sources.find(({ value }) => value === wanted);
		if (!source) throw new Error(`There is no event "${wanted}"`);
		const send = sender({ safety: 'safe', maxWaitMs: MAX_WAIT_MS });
		const warnings = new Map<string, string>();
		const warn: Warn = (crowd, text) => {
			for (const record of crowd) warnings.set(source.keyOf(record), text);
		};
		const records =
			context.getMode() === 'manual'
				? await readSample(source, send)
				: await readNew(source, context.getWorkflowStaticData('node'), send, warn);
		if (records.length === 0) return null;
		const jsons = records.map((record) => {
			const json = jsonOf(record, source, vendor, simplify);
			const warning = warnings.get(source.keyOf(record));
			return warning === undefined ? json : { ...json, warning };
		});
		const told = new Set(jsons.map(({ warning }) => warning).filter((text) => text !== undefined));
		for (const text of told) context.logger.warn(`${context.getNode().name}: ${String(text)}`);
		return [jsons.map((json) => ({ json }))];
	});
}

/**
 * One poll: gives each record, or each version of it, once, oldest first; null when there is nothing new. A test run
 * by hand gives one sample and remembers nothing.
 * @throws NodeApiError or NodeOperationError; the next poll then reads the same again
 */
export async function poll(
	context: IPollFunctions,
	vendor: Vendor,
	sources: PollSource[],
): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return await pollOnce(context, vendor, sources);
	const trigger = [context.getWorkflow().id, context.getNode().id].join(' ');
	const earlier = underWay.get(trigger);
	if (earlier) {
		// It gives all that is new. This one ends with it, not before: n8n releases what both need as soon as one ends.
		await attemptAsync(async () => await earlier);
		return null;
	}
	const polling = pollOnce(context, vendor, sources);
	underWay.set(trigger, polling);
	try {
		return await polling;
	} finally {
		underWay.delete(trigger);
	}
}
