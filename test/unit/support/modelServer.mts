import type { HttpCall, HttpResponse } from '../../../nodes/shared/transport/http.ts';
import type { FakeClock } from './fakeClock.mts';

/** At most `limit` requests in any `windowMs` milliseconds, or in each one that starts at a multiple of it. */
export interface ModelLimit {
	limit: number;
	windowMs: number;
	fixed?: boolean;
	/** Which addresses count towards it; all, where it is left out. */
	urls?: RegExp;
}

/** How long a request is under way before the server counts it, and its answer after that, in ms. */
export interface Latency {
	before: number;
	after: number;
}

/** What the server does beside counting. */
export interface ModelBehaviour {
	latency?: (url: string) => Latency;
	/** The headers of a refusal, given how long the limit stays closed; whole seconds of Retry-After by default. */
	refusalHeaders?: (waitMs: number) => Record<string, string>;
	/** The headers of a good answer, given what is left of the first limit. */
	answerHeaders?: (state: { limit: number; remaining: number; resetMs: number }) => Record<string, string>;
	/** The part of all requests that is refused for no reason. */
	spurious?: number;
}

/** One request as the server saw it. */
export interface Arrival {
	at: number;
	url: string;
	accepted: boolean;
}

/** Retry-After in whole seconds, never less than the wait. */
export function retryAfterSeconds(waitMs: number): Record<string, string> {
	return { 'retry-after': String(Math.ceil(waitMs / 1000)) };
}

/**
 * A server that counts requests at the moment they arrive and refuses what is over a limit. It shares nothing with
 * the code under test, and so can be its judge. Refused requests are not counted.
 */
export class ModelServer {
	readonly arrivals: Arrival[] = [];

	readonly #clock: FakeClock;

	readonly #limits: ModelLimit[];

	readonly #behaviour: ModelBehaviour;

	constructor(clock: FakeClock, limits: ModelLimit[], behaviour: ModelBehaviour = {}) {
		this.#clock = clock;
		this.#limits = limits;
		this.#behaviour = behaviour;
	}

	readonly http: HttpCall = async ({ url }) => {
		const { latency = () => ({ before: 20, after: 20 }) } = this.#behaviour;
		const { before, after } = latency(url);
		await this.#clock.sleep(before);
		const response = this.arrive(url);
		await this.#clock.sleep(after);
		return response;
	};

	/** Takes a request that arrives now. */
	arrive(url: string): HttpResponse {
		const { refusalHeaders = retryAfterSeconds, answerHeaders, spurious = 0 } = this.#behaviour;
		const waitMs = Math.max(0, ...this.#limitsOn(url).map((limit) => this.#closedFor(limit)));
		const accepted = waitMs === 0 && !(spurious > 0 && this.#clock.random() < spurious);
		this.arrivals.push({ at: this.#clock.now(), url, accepted });
		if (!accepted) return { status: 429, headers: refusalHeaders(waitMs), body: '' };
		return { status: 200, headers: answerHeaders?.(this.#stateOf(this.#limits[0])) ?? {}, body: '{}' };
	}

	get rejected(): number {
		return this.arrivals.filter(({ accepted }) => !accepted).length;
	}

	/** The addresses of the accepted requests, in the order of arrival. */
	get accepted(): string[] {
		return this.arrivals.filter(({ accepted }) => accepted).map(({ url }) => url);
	}

	#limitsOn(url: string): ModelLimit[] {
		return this.#limits.filter(({ urls }) => !urls || urls.test(url));
	}

	/** The requests that count towards the limit now, oldest first. */
	#counted({ windowMs, fixed, urls }: ModelLimit): Arrival[] {
		const now = this.#clock.now();
		const isInWindow = (at: number): boolean =>
			fixed ? Math.floor(at / windowMs) === Math.floor(now / windowMs) : at + windowMs > now;
		return this.arrivals.filter(
			({ at, url, accepted }) => accepted && isInWindow(at) && (!urls || urls.test(url)),
		);
	}

	/** How long until one more request is allowed, in ms. */
	#closedFor(limit: ModelLimit): number {
		const counted = this.#counted(limit);
		if (counted.length < limit.limit) return 0;
		return this.#opensAt(limit, counted[counted.length - limit.limit].at) - this.#clock.now();
	}

	#opensAt({ windowMs, fixed }: ModelLimit, firstAt: number): number {
		return fixed ? (Math.floor(firstAt / windowMs) + 1) * windowMs : firstAt + windowMs;
	}

	#stateOf(limit: ModelLimit): { limit: number; remaining: number; resetMs: number } {
		const counted = this.#counted(limit);
		const resetMs = this.#opensAt(limit, counted[0].at) - this.#clock.now();
		return { limit: limit.limit, remaining: limit.limit - counted.length, resetMs };
	}
}
