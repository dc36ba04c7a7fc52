import { admit, Limiter, limitRuleSchema, retryAfterHeader } from '../../sandbox/limiter.mts';
import { FakeClock } from '../unit/support/fakeClock.mts';

const ACCOUNT = 'account';

/** What the server of a scenario counts and says. */
export interface ServerRules {
	limit: number;
	windowMs: number;
	mode?: 'rolling' | 'fixed';
	/** Whether a refusal says in whole seconds when the next request is accepted. */
	retryAfter?: boolean;
	/** Whether answers tell limit, remaining and reset (in whole seconds). */
	headers?: boolean;
	/** How long a request and its answer are each under way, in ms; 15 to 45 by default. */
	halfRoundTripMs?: { fastest: number; slowest: number };
}

export interface Answer {
	ok: boolean;
	headers: Record<string, string>;
}

/** One request as the server saw it. */
export interface Arrival {
	at: number;
	process: number;
	ok: boolean;
}

/** One server, one account, one clock, and the processes that share the account without knowing of each other. */
export class World {
	readonly clock: FakeClock;

	readonly arrivals: Arrival[] = [];

	/** How long items took from being asked for until done, in ms. */
	readonly waits: number[] = [];

	private readonly limiter: Limiter;

	readonly rules: ServerRules;

	constructor(rules: ServerRules, seed: number) {
		this.rules = rules;
		this.clock = new FakeClock(seed);
		const { limit, windowMs, mode, retryAfter } = rules;
		const rule = limitRuleSchema.parse({
			windows: [{ limit, windowMs }],
			mode,
			retryAfter: retryAfter ? 'seconds' : 'none',
		});
		this.limiter = new Limiter(rule, this.clock, 1);
	}

	/** Sends one request; the answer comes after 30 to 90 ms, half of them before the server counts it. */
	async request(process: number): Promise<Answer> {
		await this.clock.sleep(this.halfRoundTrip());
		const answer = this.arrive(process);
		await this.clock.sleep(this.halfRoundTrip());
		return answer;
	}

	/** A request that arrives now. */
	arrive(process: number): Answer {
		const now = this.clock.now();
		const refusal = admit([this.limiter], ACCOUNT);
		this.arrivals.push({ at: now, process, ok: !refusal });
		const headers = refusal ? retryAfterHeader(refusal.retryAfter, refusal.waitMs, now) : {};
		const usage = this.rules.headers ? this.limiter.usage(ACCOUNT) : undefined;
		if (usage) {
			headers['x-ratelimit-limit'] = String(usage.limit);
			headers['x-ratelimit-remaining'] = String(usage.remaining);
			headers['x-ratelimit-reset'] = String(Math.ceil((usage.resetAt - now) / 1000));
		}
		return { ok: !refusal, headers };
	}

	private halfRoundTrip(): number {
		const { fastest = 15, slowest = 45 } = this.rules.halfRoundTripMs ?? {};
		return fastest + this.clock.random() * (slowest - fastest);
	}
}
