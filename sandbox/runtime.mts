import { commonCommands, type CommonCommands } from './admin/commands.mts';
import type { CommandTable } from './admin/command.mts';
import type { Clock } from './clock.mts';
import { DeliveryEngine } from './delivery/engine.mts';
import { FaultRules } from './http/faults.mts';
import { RequestLog } from './http/request-log.mts';
import { Limiter } from './limiter.mts';
import { Random } from './random.mts';
import { Schedule } from './schedule.mts';
import { Statistics } from './statistics.mts';
import type { Vendor, VendorParts } from './vendor.mts';

export interface Environment {
	clock: Clock;
	timeScale: number;
	seed: number;
}

/** One vendor at work: its definition, its parts and the mechanisms around them. */
export class VendorRuntime<Settings extends object = object, Commands extends CommandTable = CommandTable> {
	readonly vendor: Vendor<Settings, Commands>;
	readonly clock: Clock;
	readonly settings: Settings;
	readonly statistics = new Statistics();
	readonly requests: RequestLog;
	readonly schedule: Schedule;
	readonly deliveries: DeliveryEngine;
	readonly faults: FaultRules;
	readonly limiters: Record<string, Limiter>;
	readonly parts: VendorParts<Commands>;
	readonly commands: CommonCommands<Settings> & Commands;
	readonly #randoms: Random[];

	constructor(vendor: Vendor<Settings, Commands>, { clock, timeScale, seed }: Environment) {
		// Faults draw from a sequence of their own, so that adding a rule leaves the data as it was.
		const [dataRandom, faultRandom] = [new Random(seed), new Random(seed)];
		this.vendor = vendor;
		this.clock = clock;
		this.#randoms = [dataRandom, faultRandom];
		this.settings = vendor.settings.parse({});
		this.requests = new RequestLog(clock);
		this.schedule = new Schedule(clock, timeScale);
		this.deliveries = new DeliveryEngine(vendor.deliveries, clock, this.schedule);
		this.faults = new FaultRules(faultRandom);
		this.limiters = Object.fromEntries(
			Object.entries(vendor.limits).map(([name, { rule }]) => [name, new Limiter(rule, clock, timeScale)]),
		);
		const { settings, schedule, statistics, deliveries } = this;
		this.parts = vendor.start({ clock, random: dataRandom, settings, schedule, statistics, deliveries });
		this.commands = { ...commonCommands(this), ...this.parts.commands };
	}

	/** Changes some settings; throws a ZodError, and changes none, when the result is not valid. */
	configure(changes: Partial<Settings>): void {
		Object.assign(this.settings, this.vendor.settings.parse({ ...this.settings, ...changes }));
	}

	/** Back to how it started: data, settings, limits, faults, webhooks, log and counts. */
	reset(): void {
		this.schedule.cancel();
		this.deliveries.endpoints.clear();
		this.deliveries.clearLog();
		this.faults.clear();
		this.statistics.clear();
		this.requests.clear();
		this.#randoms.forEach((random) => random.reset());
		Object.assign(this.settings, this.vendor.settings.parse({}));
		for (const [name, limiter] of Object.entries(this.limiters)) limiter.clear(this.vendor.limits[name].rule);
		this.parts.reset();
	}

	async close(): Promise<void> {
		this.schedule.cancel();
		await this.deliveries.close();
	}
}
