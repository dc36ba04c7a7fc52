import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.mts';

const kept = 200;
const bytesShown = 8000;

/** One request as the log shows it. `status` is undefined while it runs, and where the connection ended without an answer. */
export interface LoggedRequest {
	id: number;
	/** Clock ms. */
	at: number;
	method: string;
	/** With its query, below the base URL. */
	path: string;
	/** Whose key it came with; undefined where it had none that is known. */
	account?: string;
	status?: number;
	/** Real ms until the connection was free again; undefined while it runs. */
	durationMs?: number;
	/** The fault that was injected. */
	fault?: string;
	/** The body as it was sent, and the one answered, cut after 8,000 characters. */
	sent?: string;
	answered?: string;
}

interface Entry extends Omit<LoggedRequest, 'sent' | 'answered'> {
	body?: unknown;
	answer?: string;
}

function shown(body: unknown): string | undefined {
	if (body === undefined || body === null || body === '') return undefined;
	const text = typeof body === 'string' ? body : body instanceof FormData ? '(a form)' : JSON.stringify(body);
	return text.length > bytesShown ? `${text.slice(0, bytesShown)} …` : text;
}

/** The newest 200 requests of one vendor. */
export class RequestLog {
	readonly #clock: Clock;
	#entries: Entry[] = [];
	#lastId = 0;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Notes a request that has come in; the entry is completed by whoever answers, its duration by the response's end. */
	begin(method: string, path: string, response: ServerResponse): Entry {
		const entry: Entry = { id: ++this.#lastId, at: this.#clock.now(), method, path };
		this.#entries.push(entry);
		if (this.#entries.length > 2 * kept) this.#entries = this.#entries.slice(-kept);
		response.once('close', () => (entry.durationMs = this.#clock.now() - entry.at));
		return entry;
	}

	/** Newest first. */
	list(): LoggedRequest[] {
		return this.#entries
			.slice(-kept)
			.reverse()
			.map(({ body, answer, ...entry }) => ({ ...entry, sent: shown(body), answered: shown(answer) }));
	}

	clear(): void {
		this.#entries = [];
	}
}

export type RequestLogEntry = Entry;
