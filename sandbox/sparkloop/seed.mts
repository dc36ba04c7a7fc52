import { z } from 'zod';
import type { Random } from '../random.mts';
import { accounts } from './accounts.mts';
import type { Subscriber, Subscribers } from './subscribers.mts';

/** When the subscribers the sandbox starts with signed up: ten days of January 2026. */
const initialPeriod = { from: Date.UTC(2026, 0, 2) / 1000, to: Date.UTC(2026, 0, 12) / 1000 };

export const seedSchema = z
	.object({
		account: z.string().default(accounts[0].id),
		count: z.number().int().positive(),
		/** Emails are `<prefix>-<number>@news.example`. */
		prefix: z.string().min(1),
		/** Epoch seconds; fractions allowed. */
		from: z.number().default(initialPeriod.from),
		to: z.number().default(initialPeriod.to),
	})
	.strict();

const names = [
	'Ada Lovelace',
	'Grace Hopper',
	'Alan Turing',
	'Edsger Dijkstra',
	'Barbara Liskov',
	'Zoë Nuñez',
	null,
];
const countries = ['US', 'GB', 'DE', 'CA'];

/** Adds made-up subscribers; one in five was referred by an earlier one, one in ten of those is pending. */
export function seedSubscribers(
	subscribers: Subscribers,
	random: Random,
	{
		count,
		prefix,
		from = initialPeriod.from,
		to = initialPeriod.to,
	}: { count: number; prefix: string; from?: number; to?: number },
): string[] {
	const added: Subscriber[] = [];
	for (let index = 0; index < count; index++) {
		const referrer = index > 0 && index % 5 === 0 ? random.pick(added) : undefined;
		added.push(
			subscribers.add({
				email: `${prefix}-${index}@news.example`,
				name: random.pick(names),
				referrer_code: referrer?.ref_code ?? null,
				referral_status: index % 10 === 5 ? 'pending' : 'verified',
				origin: referrer ? 'sparkloop-upscribe' : 'signup',
				cpa: referrer ? 4 : null,
				country_code: random.pick(countries),
				created_at: new Date((from + random.fraction() * (to - from)) * 1000).toISOString(),
			}),
		);
	}
	return added.map(({ uuid }) => uuid);
}
