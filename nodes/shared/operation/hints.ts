import type { NodeExecutionHint } from 'n8n-workflow';
import type { RateLimit } from '../transport/rateLimit/rollingWindow';
import type { Vendor } from '../vendor';

/** Shorter waits are nobody's concern. */
const WORTH_TELLING_MS = 1000;

const UNITS: Record<number, string> = { 1000: 'second', 60_000: 'minute', 3_600_000: 'hour' };

/** `60 per minute`, `60 per 6 s`. */
function inWords({ limit, windowMs }: RateLimit): string {
	return `${limit.toLocaleString('en-US')} per ${UNITS[windowMs] ?? `${windowMs / 1000} s`}`;
}

/** What the user should know about a run that went well; shown above the node's output. */
export class Hints {
	private longestWaitMs = 0;

	/** What the longest wait was for. */
	private rateLimit: RateLimit | undefined;

	private limit: number | undefined;

	private readonly notices = new Set<string>();

	constructor(private readonly vendor: Vendor) {}

	/** @param rateLimit what was waited for, where it is known */
	noteWait(ms: number, rateLimit?: RateLimit): void {
		if (ms <= this.longestWaitMs) return;
		this.longestWaitMs = ms;
		this.rateLimit = rateLimit;
	}

	noteLimit(limit: number): void {
		this.limit = limit;
	}

	/** Something else that the user should know. */
	note(text: string): void {
		this.notices.add(text);
	}

	noteHeaders(headers: Record<string, string>): void {
		const notice = this.vendor.notice?.(headers);
		if (notice) this.notices.add(notice);
	}

	all(): NodeExecutionHint[] {
		const texts = [...this.notices];
		if (this.longestWaitMs >= WORTH_TELLING_MS) {
			const seconds = Math.round(this.longestWaitMs / 1000);
			texts.push(
				`Requests waited up to ${seconds} s for the rate limit of ${this.vendor.name}${this.rateLimit ? ` (${inWords(this.rateLimit)})` : ''}. Nothing was lost.`,
			);
		}
		if (this.limit !== undefined) {
			texts.push(
				`There may be more results than the ${this.limit} returned. Turn on "Return All" or raise "Limit" to get them.`,
			);
		}
		return texts.map((message) => ({ message, location: 'outputPane' }));
	}
}
