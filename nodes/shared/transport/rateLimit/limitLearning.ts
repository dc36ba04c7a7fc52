import type { Counted, RateLimit, RollingWindow } from './rollingWindow';

const SECOND_MS = 1000;

/** Window lengths that are tried, shortest first, in ms: those that APIs use, and steps of about a quarter between. */
const WINDOWS_MS = [
	1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 150, 180, 240, 300, 400, 500, 600,
	750, 900, 1200, 1500, 1800, 2400, 3000, 3600,
].map((seconds) => seconds * SECOND_MS);

const LONGEST_WINDOW_MS = WINDOWS_MS[WINDOWS_MS.length - 1];

/** From fewer accepted requests than this nothing is learned: the refusal was not about how many we sent. */
const LEARNING_MINIMUM = 5;

/** So many refusals are remembered. */
const REFUSALS_REMEMBERED = 50;

/** A refused request: when it was sent, when its answer came, and how many others were under way then. */
interface Refusal {
	sentAt: number;
	settledAt: number;
	inFlight: number;
}

/**
 * Learns a limit that nobody stated from what the server accepted and refused. For any length of a window, the most that
 * was accepted within it is what the limit is at least, and the least that had been accepted before a refusal is what it is
 * at most. A length for which the first is more than the second is ruled out. The shortest that is left is assumed:
 * if it is too short, the next refusal rules it out, at the price of one request.
 */
export class LimitLearning {
	private refusals: Refusal[] = [];

	/** Lengths between those of the list, tried once a longer one is known to be long enough. */
	private refined: number[] = [];

	private forgottenBefore = -Infinity;

	/** Shorter windows than this are not assumed: the server named a wait that they do not explain. */
	private shortestMs = 0;

	constructor(private readonly window: RollingWindow) {}

	/** Forgets what was before: it contradicts what came later, so the limit has changed or somebody else uses it. */
	forgetBefore(time: number): void {
		this.forgottenBefore = time;
		this.refusals = this.refusals.filter(({ sentAt }) => sentAt > time);
		this.refined = [];
		this.shortestMs = 0;
	}

	/**
	 * A request was refused for the limit.
	 * @param closedUntil the server said that it would refuse until then at least
	 */
	refused(refusal: Refusal, closedUntil: number): void {
		this.refusals.push(refusal);
		if (this.refusals.length > REFUSALS_REMEMBERED) this.refusals.shift();
		const accepted = this.acceptedSinceFirstRefusal();
		this.shortestMs = Math.max(
			this.shortestMs,
			this.candidates().find(
				(windowMs) =>
					accepted.filter(({ settledAt }) => settledAt > closedUntil - windowMs).length >=
					this.atMost(accepted, windowMs),
			) ?? 0,
		);
	}

	/** The limit that agrees with everything seen; `undefined` when too little was, or when nothing agrees. */
	learned(): RateLimit | undefined {
		const accepted = this.acceptedSinceFirstRefusal();
		for (const windowMs of this.candidates()) {
			if (windowMs < this.shortestMs) continue;
			const atMost = this.atMost(accepted, windowMs);
			if (atMost >= LEARNING_MINIMUM && this.atLeast(accepted, windowMs) <= atMost)
				return { limit: atMost, windowMs };
		}
		return undefined;
	}

	/** Looks for a shorter window than one that is long enough: half-way to the next that was assumed. False if there is none. */
	refine(windowMs: number): boolean {
		const shorter = this.candidates().filter((other) => other < windowMs);
		const middle = Math.round(((shorter.pop() ?? 0) + windowMs) / 2 / SECOND_MS) * SECOND_MS;
		if (middle >= windowMs || this.candidates().includes(middle)) return false;
		this.refined.push(middle);
		this.shortestMs = Math.min(this.shortestMs, middle);
		return true;
	}

	private candidates(): number[] {
		return [...WINDOWS_MS, ...this.refined].sort((one, other) => one - other);
	}

	private acceptedSinceFirstRefusal(): Counted[] {
		const [first] = this.refusals;
		return first ? this.window.since(Math.max(this.forgottenBefore, first.sentAt - LONGEST_WINDOW_MS)) : [];
	}

	/** The most requests that the server has certainly counted within one window. */
	private atLeast(accepted: Counted[], windowMs: number): number {
		let most = 0;
		let first = 0;
		accepted.forEach(({ settledAt }, last) => {
			while (accepted[first].sentAt <= settledAt - windowMs) first++;
			most = Math.max(most, last - first + 1);
		});
		return most;
	}

	/** The fewest requests that the server may have counted within one window when it refused one more. */
	private atMost(accepted: Counted[], windowMs: number): number {
		return Math.min(
			...this.refusals.map(({ sentAt, settledAt, inFlight }) => {
				const counted = accepted.filter(
					(other) => other.settledAt > sentAt - windowMs && other.settledAt <= settledAt,
				);
				return counted.length + inFlight;
			}),
		);
	}
}
