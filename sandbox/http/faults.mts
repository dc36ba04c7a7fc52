import { matchesGlob } from 'node:path';
import { z } from 'zod';
import type { Random } from '../random.mts';

/** What can go wrong with one request. Times are real milliseconds, not scaled. */
export const faultSchema = z.discriminatedUnion('kind', [
	/** Refused with this status, nothing applied; the body is the vendor's error shape, an HTML page or flat text. */
	z
		.object({
			kind: z.literal('status'),
			status: z.number().int().min(400).max(599),
			body: z.enum(['vendor', 'html', 'text']).default('vendor'),
		})
		.strict(),
	/** A 429, nothing applied, with or without `retry-after`. */
	z
		.object({
			kind: z.literal('rate-limited'),
			waitMs: z.number().nonnegative().default(1000),
			retryAfter: z.enum(['none', 'seconds', 'http-date']).default('none'),
		})
		.strict(),
	/** Handled as usual, but only after `ms`. */
	z.object({ kind: z.literal('latency'), ms: z.number().nonnegative() }).strict(),
	/** Connection reset, nothing applied. */
	z.object({ kind: z.literal('reset-before') }).strict(),
	/** Applied, then the connection is reset without an answer. */
	z.object({ kind: z.literal('reset-after') }).strict(),
	/** Applied; the whole answer arrives, its body in ten pieces spread over `durationMs`. */
	z.object({ kind: z.literal('slow'), durationMs: z.number().nonnegative() }).strict(),
	/** Applied; the answer promises more bytes than it sends, then the connection closes. */
	z.object({ kind: z.literal('cut') }).strict(),
	/** Applied; the answer is a 200 whose JSON stops half-way. */
	z.object({ kind: z.literal('invalid-json') }).strict(),
]);

export const faultRuleSchema = z
	.object({
		method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
		// Glob over the path after the base URL, like /leads/*/call; a star stands for one segment.
		path: z.string().startsWith('/').optional(),
		probability: z.number().min(0).max(1).default(1),
		/** Only every nth matching request. */
		every: z.number().int().positive().default(1),
		/** At most so many times. */
		count: z.number().int().positive().optional(),
		fault: faultSchema,
	})
	.strict();

export type Fault = z.output<typeof faultSchema>;
export type FaultRule = z.output<typeof faultRuleSchema>;

interface ActiveRule extends FaultRule {
	id: number;
	matched: number;
	injected: number;
}

/** The fault rules of one vendor, tried in the order they were added; the first that fires decides. */
export class FaultRules {
	readonly #random: Random;
	#rules: ActiveRule[] = [];
	#lastId = 0;

	constructor(random: Random) {
		this.#random = random;
	}

	add(rule: FaultRule): number {
		this.#rules.push({ ...rule, id: ++this.#lastId, matched: 0, injected: 0 });
		return this.#lastId;
	}

	remove(id: number): void {
		this.#rules = this.#rules.filter((rule) => rule.id !== id);
	}

	clear(): void {
		this.#rules = [];
	}

	/** The rules with how many requests each matched and spoiled. */
	list(): ActiveRule[] {
		return structuredClone(this.#rules);
	}

	/** The fault this request is to suffer, if any. */
	next(method: string, path: string): Fault | undefined {
		return this.#rules.find((rule) => this.#fires(rule, method, path))?.fault;
	}

	#fires(rule: ActiveRule, method: string, path: string): boolean {
		if (rule.method && rule.method !== method) return false;
		if (rule.path && !matchesGlob(path, rule.path)) return false;
		if (rule.count !== undefined && rule.injected >= rule.count) return false;
		rule.matched++;
		if (rule.matched % rule.every !== 0 || this.#random.fraction() >= rule.probability) return false;
		rule.injected++;
		return true;
	}
}
