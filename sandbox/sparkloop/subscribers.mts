import type { Random } from '../random.mts';
import { Refusal } from '../refusal.mts';
import { TimeIndex } from '../time-index.mts';

/** A subscriber as the API shows it (docs/vendors/sparkloop.md#subscribers). */
export interface Subscriber {
	uuid: string;
	email: string;
	name: string | null;
	ref_code: string;
	referrer_code: string | null;
	referred: boolean;
	referral_status: 'verified' | 'pending' | 'rejected';
	ip_address: string | null;
	user_agent: string | null;
	origin: string;
	country_code: string | null;
	cpa: number | null;
	utm_source: string | null;
	utm_campaign: string | null;
	created_at: string;
}

const idAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** An id such as sub_1a2b3c4d. */
export function freshId(random: Random, prefix: string): string {
	return prefix + Array.from({ length: 10 }, () => random.pick(idAlphabet)).join('');
}

/** One account's subscribers, found by UUID, email or referral code. */
export class Subscribers {
	readonly #random: Random;
	readonly #byId = new Map<string, Subscriber>();
	readonly #byEmail = new Map<string, Subscriber>();
	readonly #advocateCodes = new Set<string>();
	readonly #removed = new Set<string>();
	readonly #unsubscribed = new Set<string>();
	readonly #byTime = new TimeIndex<Subscriber>(({ created_at }) => Date.parse(created_at));

	constructor(random: Random) {
		this.#random = random;
	}

	/** Throws a 404 Refusal. */
	find(identifier: string): Subscriber {
		const found = this.lookUp(identifier);
		if (!found) throw new Refusal(404, `Subscriber ${identifier} not found!`);
		return found;
	}

	lookUp(identifier: string): Subscriber | undefined {
		return this.#byId.get(identifier) ?? this.#byEmail.get(identifier.toLowerCase());
	}

	/** Throws a 400 Refusal when the email is taken (docs/vendors/sparkloop.md#subscribers). */
	add(given: Pick<Subscriber, 'email'> & Partial<Subscriber>): Subscriber {
		if (this.#byEmail.has(given.email.toLowerCase())) throw new Refusal(400, 'Email has already been taken!');
		const subscriber: Subscriber = {
			uuid: freshId(this.#random, 'sub_'),
			ref_code: freshId(this.#random, ''),
			name: null,
			referrer_code: null,
			referred: Boolean(given.referrer_code),
			referral_status: 'verified',
			ip_address: null,
			user_agent: null,
			origin: 'api',
			country_code: null,
			cpa: null,
			utm_source: null,
			utm_campaign: null,
			created_at: '',
			...given,
		};
		this.#byId.set(subscriber.uuid, subscriber);
		this.#byEmail.set(subscriber.email.toLowerCase(), subscriber);
		if (subscriber.referrer_code) this.#advocateCodes.add(subscriber.referrer_code);
		this.#byTime.add(subscriber);
		return subscriber;
	}

	/** Throws a 400 Refusal when the new email is another one's. */
	change(subscriber: Subscriber, { email, ...changes }: Partial<Subscriber>): void {
		if (email !== undefined) {
			const holder = this.#byEmail.get(email.toLowerCase());
			if (holder && holder !== subscriber) throw new Refusal(400, 'Email has already been taken!');
			this.#byEmail.delete(subscriber.email.toLowerCase());
			this.#byEmail.set(email.toLowerCase(), subscriber);
			subscriber.email = email;
		}
		Object.assign(subscriber, changes);
	}

	remove(subscriber: Subscriber): void {
		this.#byId.delete(subscriber.uuid);
		this.#byEmail.delete(subscriber.email.toLowerCase());
		this.#removed.add(subscriber.uuid);
	}

	/** Says whether it was not unsubscribed before. No field shows it (docs/vendors/sparkloop.md#subscribers). */
	unsubscribe({ uuid }: Subscriber): boolean {
		if (this.#unsubscribed.has(uuid)) return false;
		this.#unsubscribed.add(uuid);
		return true;
	}

	confirm({ uuid }: Subscriber): void {
		this.#unsubscribed.delete(uuid);
	}

	isUnsubscribed({ uuid }: Subscriber): boolean {
		return this.#unsubscribed.has(uuid);
	}

	/** The newest first. */
	list(type = 'all'): Subscriber[] {
		const all = this.#byTime.between(-Infinity, Infinity).reverse();
		return all.filter(({ uuid, referred, ref_code: code }) => {
			if (this.#removed.has(uuid)) return false;
			if (type === 'referrals') return referred;
			return type === 'all' || this.#advocateCodes.has(code);
		});
	}

	/** Whom somebody has referred, the newest first. */
	referredBy({ ref_code: code }: Subscriber): Subscriber[] {
		return this.list('referrals').filter(({ referrer_code: referrer }) => referrer === code);
	}
}
