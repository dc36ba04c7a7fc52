import { Agent, request as sendRequest } from 'undici';
import { z } from 'zod';
import type { Clock } from '../clock.mts';
import { Refusal } from '../refusal.mts';
import type { Schedule } from '../schedule.mts';
import { authenticate, forge, tamper, type DeliveryRequest } from './authentication.mts';
import { Endpoints, type Endpoint } from './endpoints.mts';

/** How a vendor delivers. Times are the vendor's own milliseconds; retry delays are scaled, the timeout is real. */
export interface DeliveryRules {
	endpointsPerAccount: number;
	/** Waits before the second, third... attempt; what is not accepted in time is retried. */
	retryDelaysMs: readonly number[];
	timeoutMs: number;
	/** Whether the receiver's answer is success to the vendor; without it every 2xx is. */
	isAccepted?(status: number, body: string): boolean;
}

/**
 * `forged`: signed with a wrong secret. `tampered`: a byte of the body changed after signing. `unsigned`: no proof.
 * `repeated`: the newest genuine delivery of that event again, byte for byte.
 */
export const variantSchema = z.enum(['genuine', 'forged', 'tampered', 'unsigned', 'repeated']);
export type Variant = z.output<typeof variantSchema>;

export interface Emission {
	account: string;
	event: string;
	/** What the event is about (a lead id); by it a delivery is found again to be repeated. */
	subject: string;
	variant: Exclude<Variant, 'repeated'>;
	/** Only this endpoint, whatever events it asked for: how a vendor tries an address out. */
	endpointId?: number;
	/** The delivery's body and own headers, for attempt 1, 2, ... */
	compose(attempt: number): Pick<DeliveryRequest, 'headers' | 'body'>;
}

/** One entry of the delivery log. `status` or `error` says how the receiver answered. Times in clock ms. */
export interface DeliveryAttempt extends DeliveryRequest {
	deliveryId: number;
	endpointId: number;
	account: string;
	event: string;
	subject: string;
	variant: Variant;
	attempt: number;
	at: number;
	durationMs: number;
	status?: number;
	/** The body of the answer. */
	answer?: string;
	error?: string;
	/** Whether the vendor takes the answer for success. */
	accepted: boolean;
}

type DeliveryHead = Pick<
	DeliveryAttempt,
	'deliveryId' | 'endpointId' | 'account' | 'event' | 'subject' | 'variant'
>;

const isSuccess = (status: number) => status >= 200 && status < 300;

/** Sends events to registered endpoints, retries on the vendor's schedule and logs every attempt. */
export class DeliveryEngine {
	readonly endpoints: Endpoints;
	readonly #rules: DeliveryRules;
	readonly #clock: Clock;
	readonly #schedule: Schedule;
	readonly #agent = new Agent();
	#log: DeliveryAttempt[] = [];
	#lastId = 0;

	constructor(rules: DeliveryRules, clock: Clock, schedule: Schedule) {
		this.endpoints = new Endpoints(rules.endpointsPerAccount);
		this.#rules = rules;
		this.#clock = clock;
		this.#schedule = schedule;
	}

	/**
	 * Delivers one event and resolves with the first attempt at each endpoint, none if nobody is registered. A failed
	 * genuine delivery is retried later; whoever forges, tampers or repeats does not retry.
	 */
	async emit(emission: Emission): Promise<DeliveryAttempt[]> {
		const endpoints =
			emission.endpointId === undefined
				? this.endpoints.receiving(emission.account, emission.event)
				: this.endpoints.list().filter(({ id }) => id === emission.endpointId);
		return await Promise.all(
			endpoints.map(async (endpoint) => {
				const { account, event, subject, variant } = emission;
				const head = {
					deliveryId: ++this.#lastId,
					endpointId: endpoint.id,
					account,
					event,
					subject,
					variant,
				};
				return await this.#deliver(head, 1, (attempt) => this.#prepare(emission, endpoint, attempt));
			}),
		);
	}

	/**
	 * Sends the newest genuine delivery of an event (about one subject, if given) to the same place again, byte for
	 * byte. Throws a 409 Refusal when there was none.
	 */
	async repeat(account: string, event: string, subject?: string): Promise<DeliveryAttempt> {
		const original = this.#log.findLast(
			(entry) =>
				entry.variant === 'genuine' &&
				entry.account === account &&
				entry.event === event &&
				(subject === undefined || entry.subject === subject),
		);
		if (!original) throw new Refusal(409, `nothing to repeat: no genuine ${event} has been delivered`);
		const { deliveryId, endpointId, url, headers, body } = original;
		const head = {
			deliveryId,
			endpointId,
			account,
			event,
			subject: original.subject,
			variant: 'repeated' as const,
		};
		return await this.#deliver(head, 1, () => ({ url, headers, body }));
	}

	#prepare(emission: Emission, endpoint: Endpoint, attempt: number): DeliveryRequest {
		const { headers, body } = emission.compose(attempt);
		const plain = { url: endpoint.url, headers: { 'content-type': 'application/json', ...headers }, body };
		if (emission.variant === 'unsigned') return plain;
		if (emission.variant === 'forged') return authenticate(plain, forge(endpoint.authentication));
		const signed = authenticate(plain, endpoint.authentication);
		return emission.variant === 'tampered' ? tamper(signed) : signed;
	}

	async #deliver(
		head: DeliveryHead,
		attempt: number,
		prepare: (attempt: number) => DeliveryRequest,
	): Promise<DeliveryAttempt> {
		const request = prepare(attempt);
		const at = this.#clock.now();
		const outcome = await this.#post(request);
		const entry = { ...head, ...request, attempt, at, durationMs: this.#clock.now() - at, ...outcome };
		this.#log.push(entry);
		const delayMs = this.#rules.retryDelaysMs[attempt - 1];
		if (!outcome.accepted && head.variant === 'genuine' && delayMs !== undefined) {
			this.#schedule.after(delayMs, async () => await this.#deliver(head, attempt + 1, prepare));
		}
		return entry;
	}

	async #post({
		url,
		headers,
		body,
	}: DeliveryRequest): Promise<Pick<DeliveryAttempt, 'status' | 'answer' | 'error' | 'accepted'>> {
		try {
			const response = await sendRequest(url, {
				method: 'POST',
				headers,
				body,
				dispatcher: this.#agent,
				signal: AbortSignal.timeout(this.#rules.timeoutMs),
			});
			const status = response.statusCode;
			const answer = await response.body.text();
			const accepted = (this.#rules.isAccepted ?? isSuccess)(status, answer);
			return { status, answer, accepted };
		} catch (error) {
			return { error: `${error.name}: ${error.message}`, accepted: false };
		}
	}

	/** Every attempt so far, oldest first. */
	log(): DeliveryAttempt[] {
		return [...this.#log];
	}

	clearLog(): void {
		this.#log = [];
	}

	/** Drops open connections; deliveries in flight end as errors. */
	async close(): Promise<void> {
		await this.#agent.destroy();
	}
}
