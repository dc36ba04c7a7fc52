import { z } from 'zod';
import { endpointSchema } from '../delivery/endpoints.mts';
import { faultRuleSchema } from '../http/faults.mts';
import { limitRuleSchema, type Limiter } from '../limiter.mts';
import { Refusal } from '../refusal.mts';
import type { VendorRuntime } from '../runtime.mts';
import { action, nothing, query, type CommandTable } from './command.mts';

const limitName = z.string();
const byId = z.object({ id: z.number().int() }).strict();
const writeKind = z.object({ kind: z.string() }).strict();

/**
 * The commands every vendor has.
 * `statistics`, `writes`, `duplicates`: counts since the last `reset` or `forget`; writes by kind (see the vendor).
 * `accepted`, `peak`: times (clock ms) of accepted requests of a named limit; the most in any rolling window.
 * `settings`/`configure`, `limits`/`limit`: the vendor's switches; a limit's rule, replaced whole.
 * `faults`, `addFault`, `removeFault`, `clearFaults`: fault rules. `webhooks`, `registerWebhook`, `removeWebhook`:
 * endpoints. `deliveries`: the log. `requests`: the newest 200, newest first. `meters`: how full each limit's windows are.
 * `settled`: waits for retries and scheduled events. `forget`: drops counts and the
 * delivery log only. `reset`: everything back to the start.
 */
export function commonCommands<Settings extends object, Commands extends CommandTable>(
	runtime: VendorRuntime<Settings, Commands>,
) {
	const { statistics, settings, limiters, faults, deliveries, requests } = runtime;

	const limiter = (name: string): Limiter => {
		const found = limiters[name];
		if (!found) throw new Refusal(404, `no limit "${name}"; there are: ${Object.keys(limiters).join(', ')}`);
		return found;
	};
	const rules = () => Object.fromEntries(Object.entries(limiters).map(([name, { rule }]) => [name, rule]));

	return {
		statistics: query(nothing, () => statistics.summary()),
		writes: query(writeKind, ({ kind }) => statistics.writes(kind)),
		duplicates: query(writeKind, ({ kind }) => statistics.duplicates(kind)),
		accepted: query(z.object({ limit: limitName }).strict(), ({ limit }) => [...limiter(limit).accepted]),
		peak: query(
			z.object({ limit: limitName, windowMs: z.coerce.number().positive().optional() }).strict(),
			({ limit, windowMs }) => limiter(limit).peak(windowMs),
		),

		settings: query(nothing, () => structuredClone(settings)),
		configure: action(z.custom<Partial<Settings>>(), (changes) => {
			runtime.configure(changes);
			return structuredClone(settings);
		}),
		limits: query(nothing, rules),
		limit: action(limitRuleSchema.extend({ name: limitName }), ({ name, ...rule }) => {
			limiter(name).rule = rule;
			return rules();
		}),

		meters: query(nothing, () =>
			Object.fromEntries(Object.entries(limiters).map(([name, each]) => [name, each.meters()])),
		),
		requests: query(nothing, () => requests.list()),

		faults: query(nothing, () => faults.list()),
		addFault: action(faultRuleSchema, (rule) => ({ id: faults.add(rule) })),
		removeFault: action(byId, ({ id }) => faults.remove(id)),
		clearFaults: action(nothing, () => faults.clear()),

		webhooks: query(nothing, () => deliveries.endpoints.list()),
		registerWebhook: action(endpointSchema, (endpoint) => deliveries.endpoints.register(endpoint)),
		removeWebhook: action(byId, ({ id }) => deliveries.endpoints.remove(id)),
		deliveries: query(nothing, () => deliveries.log()),
		settled: action(nothing, async () => await runtime.schedule.settled()),

		forget: action(nothing, () => {
			statistics.clear();
			deliveries.clearLog();
			requests.clear();
			for (const each of Object.values(limiters)) each.forgetAccepted();
		}),
		reset: action(nothing, () => runtime.reset()),
	};
}

export type CommonCommands<Settings extends object> = ReturnType<
	typeof commonCommands<Settings, CommandTable>
>;
