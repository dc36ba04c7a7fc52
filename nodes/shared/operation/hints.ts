import type { NodeExecutionHint } from 'n8n-workflow';
import type { Vendor } from '../transport/vendor';

/** Shorter waits are nobody's concern. */
const WORTH_TELLING_MS = 1000;

/** What the user should know about a run that went well; shown above the node's output. */
export class Hints {
	private longestWaitMs = 0;

	private limit: number | undefined;

	private readonly notices = new Set<string>();

	constructor(private readonly vendor: Vendor) {}

	noteWait(ms: number): void {
		this.longestWaitMs = Math.max(this.longestWaitMs, ms);
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
				`Requests waited up to ${seconds} s for the rate limit of ${this.vendor.name}. Nothing was lost.`,
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
