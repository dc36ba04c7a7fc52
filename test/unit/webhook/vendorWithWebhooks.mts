import { RequestError } from '../../../nodes/shared/transport/requestError.ts';
import type { RegisteredWebhook, WebhookApi } from '../../../nodes/shared/webhook/lifecycle.ts';

/** What can be switched at the vendor. */
export interface VendorTraits {
	makesSecret: boolean;
	/** Whether a webhook's events can be changed. */
	canUpdate: boolean;
}

type Call = 'list' | 'create' | 'update' | 'remove';

/** Thrown out of every call once n8n was killed: nothing that is done then counts. */
export class Killed extends Error {}

/** A vendor that keeps webhooks as most do: the same URL twice makes two, and only the first answer tells the secret. */
export class VendorWithWebhooks {
	readonly webhooks: RegisteredWebhook[] = [];

	readonly calls: string[] = [];

	/** The statuses with which the next calls of a kind are refused. */
	readonly refusals: Partial<Record<Call, number>> = {};

	/**
	 * What goes wrong with which of the next calls, counted from 0: it is refused, it is carried out and its answer is lost,
	 * or n8n is killed before or after it was carried out.
	 */
	trouble?: { call: number; kind: 'refused' | 'answer lost' | 'killed before' | 'killed after' };

	/** Gives no secret, against what is documented. */
	forgetsSecret = false;

	readonly #secrets = new Map<string, string>();

	readonly #traits: VendorTraits;

	#count = 0;

	constructor(traits: VendorTraits) {
		this.#traits = traits;
	}

	/** The API; each call of it may meet the trouble that is set. */
	get api(): WebhookApi {
		const { list, create, update, remove, makesSecret } = this.#api;
		return {
			makesSecret,
			list: this.#troubled(list),
			create: this.#troubled(create),
			remove: this.#troubled(remove),
			...(update ? { update: this.#troubled(update) } : {}),
		};
	}

	get #api(): WebhookApi {
		const { makesSecret, canUpdate } = this.#traits;
		return {
			makesSecret,
			list: async () => {
				this.#admit('list');
				return this.webhooks.map((webhook) => ({ ...webhook, events: [...webhook.events].reverse() }));
			},
			create: async (url, events) => {
				this.#admit('create', url);
				return this.#add(url, events);
			},
			remove: async (id) => {
				this.#admit('remove', id);
				this.webhooks.splice(this.#placeOf(id), 1);
			},
			...(canUpdate
				? {
						update: async (id: string, events: string[]) => {
							this.#admit('update', id);
							this.webhooks[this.#placeOf(id)].events = [...events];
						},
					}
				: {}),
		};
	}

	/** Whether a trigger could verify what this webhook delivers. */
	isVerifiable(id: string, secret: string | undefined): boolean {
		return !this.#traits.makesSecret || this.#secrets.get(id) === secret;
	}

	/** Registers a webhook behind the trigger's back. */
	add(url: string, events: string[]): string {
		return this.#add(url, events).id;
	}

	/** Removes one of the webhooks with a URL behind the trigger's back. */
	removeOneAt(url: string, place: number): void {
		const found = this.webhooks.filter((webhook) => webhook.url === url);
		if (found.length > 0) this.webhooks.splice(this.webhooks.indexOf(found[place % found.length]), 1);
	}

	#troubled<Given extends unknown[], Answer>(
		call: (...given: Given) => Promise<Answer>,
	): (...given: Given) => Promise<Answer> {
		return async (...given) => {
			if (this.#isDead) throw new Killed();
			const trouble = this.trouble;
			if (!trouble || trouble.call-- > 0) return await call(...given);
			this.trouble = undefined;
			if (trouble.kind === 'refused') throw answered(403);
			this.#isDead = trouble.kind.startsWith('killed');
			if (trouble.kind !== 'killed before') await call(...given);
			throw this.#isDead ? new Killed() : answered(503);
		};
	}

	/** n8n was killed and starts again. */
	revive(): void {
		this.#isDead = false;
		this.trouble = undefined;
	}

	#isDead = false;

	#add(url: string, events: string[]): { id: string; secret?: string } {
		const id = `webhook-${++this.#count}`;
		this.webhooks.push({ id, url, events: [...events] });
		this.#secrets.set(id, `made for ${id}`);
		return { id, ...(this.#traits.makesSecret && !this.forgetsSecret ? { secret: `made for ${id}` } : {}) };
	}

	#admit(call: Call, what = ''): void {
		this.calls.push(`${call} ${what}`.trim());
		const status = this.refusals[call];
		if (status !== undefined) throw answered(status);
	}

	#placeOf(id: string): number {
		const place = this.webhooks.findIndex((webhook) => webhook.id === id);
		if (place < 0) throw answered(404);
		return place;
	}
}

function answered(status: number): RequestError {
	return new RequestError({
		outcome: 'failed',
		safety: 'idempotent',
		attempts: 1,
		response: { status, headers: {}, body: '' },
	});
}
