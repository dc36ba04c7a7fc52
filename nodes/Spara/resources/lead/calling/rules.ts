import type { IDataObject } from 'n8n-workflow';
import { nextOpening, type CallingHours } from './hours';

const HOUR_MS = 60 * 60 * 1000;

/** When a lead may be called. What is left out allows everything. */
export interface CallingRules {
	/** The hours of the week in which a phone may ring. */
	hours?: CallingHours;
	/** From the start of the lead's last call. */
	minimumHoursBetweenCalls?: number;
	/** Of the lead, in all. */
	maximumCalls?: number;
	/** The field of the lead that says that it is not to be called. */
	doNotCallField?: string;
}

/** Why a lead is not called now, in the words of the output. */
export type Reason = 'doNotCall' | 'maximumCallsReached' | 'calledRecently' | 'outsideCallingHours';

/** Why a lead is not called, and when it may be; without a time it may not be called at all. */
export interface Refusal {
	/** The rule that forbids the call. */
	reason: Reason;
	/** Milliseconds since the epoch. */
	nextAllowedAt?: number;
}

/**
 * Spara shows booleans as texts in some answers (docs/vendors/spara.md), and people keep such flags in their own
 * words.
 */
const NO = ['', 'false', 'no', 'n', '0', 'null', 'none', 'off'];

function isSet(value: unknown): boolean {
	return value !== undefined && value !== null && !NO.includes(String(value).trim().toLowerCase());
}

/** When the lead's calls started, milliseconds since the epoch. */
function callTimes({ calls }: IDataObject): number[] {
	const entries = Array.isArray(calls) ? (calls as IDataObject[]) : [];
	return entries.map(({ started_at: startedAt }) => Date.parse(String(startedAt)));
}

/** How many calls there are, when those that were queued may be among those shown. */
function callCount(shown: number[], queued: number[]): number {
	const [firstQueued = Infinity] = queued;
	const since = shown.filter((time) => time >= firstQueued).length;
	return shown.length - since + Math.max(since, queued.length);
}

/**
 * Whether the rules keep a lead from being called now.
 * @param lead as Spara's API shows it, with `data` and `calls`
 * @param now milliseconds since the epoch
 * @param queued when calls were queued that Spara may not show yet, in the same unit, oldest first
 * @returns `undefined` where it may be called
 */
export function refusalOf(
	rules: CallingRules,
	lead: IDataObject,
	now: number,
	queued: number[] = [],
): Refusal | undefined {
	const { hours, minimumHoursBetweenCalls = 0, maximumCalls, doNotCallField } = rules;
	const data = (lead.data ?? {}) as IDataObject;
	if (doNotCallField !== undefined && isSet(data[doNotCallField])) return { reason: 'doNotCall' };

	const shown = callTimes(lead);
	if (maximumCalls !== undefined && callCount(shown, queued) >= maximumCalls)
		return { reason: 'maximumCallsReached' };

	const lastAt = [...shown, ...queued]
		.filter((time) => !Number.isNaN(time))
		.reduce((latest, time) => Math.max(latest, time), -Infinity);
	const restedAt = lastAt + minimumHoursBetweenCalls * HOUR_MS;
	const allowedAt = Math.max(now, restedAt);
	const nextAllowedAt = hours ? nextOpening(allowedAt, hours) : allowedAt;
	if (restedAt > now) return { reason: 'calledRecently', nextAllowedAt };
	return nextAllowedAt > now ? { reason: 'outsideCallingHours', nextAllowedAt } : undefined;
}
