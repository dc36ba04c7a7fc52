import type { Customer } from './records.mts';

interface Group {
	reason: string;
	confidence: number;
	customers: Customer[];
}

/** What makes two customers look the same, surest first (docs/vendors/sparx.md, Customers). */
const signs: Array<[reason: string, confidence: number, of: (customer: Customer) => unknown]> = [
	['email', 100, ({ email }) => email?.toLowerCase()],
	['phone', 90, ({ phone }) => phone],
	[
		'name+company',
		60,
		({ firstName, lastName, company }) =>
			firstName && lastName && company ? [firstName, lastName, company].join(' ').toLowerCase() : undefined,
	],
];

/** Groups of living customers that look like one person. */
export function duplicatesAmong(customers: Customer[]): Group[] {
	const living = customers.filter(({ deletedAt }) => !deletedAt);
	return signs.flatMap(([reason, confidence, of]) => {
		const groups = new Map<unknown, Customer[]>();
		for (const customer of living) {
			const key = of(customer);
			if (key) groups.set(key, [...(groups.get(key) ?? []), customer]);
		}
		const found = [...groups.values()].filter((group) => group.length > 1);
		return found.map((group) => ({ reason, confidence, customers: group }));
	});
}
