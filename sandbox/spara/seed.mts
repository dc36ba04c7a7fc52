import { z } from 'zod';
import type { Random } from '../random.mts';
import { accounts } from './accounts.mts';
import type { Fields } from './fields.mts';
import type { LeadTable, Organisation } from './leads.mts';

export const seedSchema = z
	.object({
		account: z.string().default(accounts[0].id),
		count: z.number().int().positive(),
		/** Epoch seconds; fractions allowed. */
		from: z.number(),
		to: z.number(),
		/** Spread evenly, like office hours, or in imports of up to 5,000 at 100 leads a second. */
		pattern: z.enum(['uniform', 'daily', 'bursts']).default('uniform'),
		/** How many of them share one instant, the whole second half-way between `from` and `to`. */
		sameSecond: z.number().int().nonnegative().default(0),
	})
	.strict()
	.refine(({ from, to }) => from <= to, 'from must not be after to')
	.refine(({ count, sameSecond }) => sameSecond <= count, 'sameSecond must not exceed count');

export type SeedPlan = Omit<z.output<typeof seedSchema>, 'account'>;

/** When the leads the sandbox starts with were created: ten days of February 2026. */
export const initialPeriod = { from: Date.UTC(2026, 1, 2) / 1000, to: Date.UTC(2026, 1, 12) / 1000 };

const firstNames = [
	'Ada',
	'Grace',
	'Alan',
	'Edsger',
	'Barbara',
	'Donald',
	'Radia',
	'Ken',
	'Margaret',
	'Tim',
	'Zoë',
	'José',
];
const lastNames = [
	'Lovelace',
	'Hopper',
	'Turing',
	'Dijkstra',
	'Liskov',
	'Knuth',
	'Perlman',
	'Thompson',
	"O'Neil",
	'Nuñez',
];
const companies = [
	'Northwind',
	'Contoso',
	'Initech',
	'Umbrella',
	'Hooli',
	'Vandelay',
	'Stark',
	'Wayne',
	'Tyrell',
	'Cyberdyne',
];
const jobTitles = ['Head of Sales', 'CTO', 'Marketing Manager', 'Founder', 'Operations Lead', 'Analyst'];
const dayMs = 86_400_000;

/** Adds leads as the chat would have captured them over a period; returns their ids. `now` is epoch ms. */
export function seedLeads(
	plan: SeedPlan,
	organisation: Organisation,
	table: LeadTable,
	random: Random,
	now: number,
): string[] {
	const spread = patterns[plan.pattern](
		plan.count - plan.sameSecond,
		plan.from * 1000,
		plan.to * 1000,
		random,
	);
	const instant = Math.floor((plan.from + plan.to) / 2) * 1000;
	const times = [...spread, ...Array.from({ length: plan.sameSecond }, () => instant)];
	return times.map((createdAt) => captureLead(organisation, table, random, createdAt, now).id);
}

/** Adds one lead as the chat captures it. Times in epoch ms; it was last updated up to two days later, not after `now`. */
export function captureLead(
	organisation: Organisation,
	table: LeadTable,
	random: Random,
	createdAt: number,
	now: number,
) {
	return table.add({
		organisation,
		createdAt,
		updatedAt: Math.max(createdAt, Math.min(now, createdAt + random.integer(2 * dayMs))),
		data: person(random),
		conversationUrl: 'https://shop.example.com/chat',
		textual: random.integer(10) === 0,
	});
}

/** A made-up person, one in twenty without an email and one in ten without a phone. */
function person(random: Random): Fields {
	const firstName = random.pick(firstNames);
	const lastName = random.pick(lastNames);
	const company = random.pick(companies);
	const mailbox = `${firstName}.${lastName}`
		.normalize('NFD')
		.replace(/[^A-Za-z.]/g, '')
		.toLowerCase();
	const email = `${mailbox}.${random.integer(1e9).toString(36)}@${company.toLowerCase()}.example`;
	const phoneNumber = `+1415555${String(random.integer(10_000)).padStart(4, '0')}`;
	return {
		...(random.integer(20) > 0 && { email }),
		...(random.integer(10) > 0 && { phone_number: phoneNumber }),
		first_name: firstName,
		last_name: lastName,
		company_name: company,
		job_title: random.pick(jobTitles),
		num_employees: 1 + random.integer(5000),
		is_customer: random.integer(4) === 0,
	};
}

type Pattern = (count: number, from: number, to: number, random: Random) => number[];

const uniform: Pattern = (count, from, to, random) =>
	Array.from({ length: count }, () => from + random.integer(to - from + 1));

/** Quiet at night, busiest at noon UTC. */
const daily: Pattern = (count, from, to, random) =>
	Array.from({ length: count }, () => {
		for (;;) {
			const [time] = uniform(1, from, to, random);
			const business = (1 - Math.cos((2 * Math.PI * (time % dayMs)) / dayMs)) / 2;
			if (to - from < dayMs || random.fraction() < 0.05 + 0.95 * business) return time;
		}
	});

const bursts: Pattern = (count, from, to, random) => {
	const burstSize = 5000;
	const millisecondsPerLead = 10;
	return Array.from({ length: Math.ceil(count / burstSize) }, (_, burst) => {
		const size = Math.min(burstSize, count - burst * burstSize);
		const length = Math.min(to - from, size * millisecondsPerLead);
		const [start] = uniform(1, from, to - length, random);
		return uniform(size, start, start + length, random);
	}).flat();
};

const patterns: Record<SeedPlan['pattern'], Pattern> = { uniform, daily, bursts };
