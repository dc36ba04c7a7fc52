import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../refusal.mts';
import type { VendorContext } from '../vendor.mts';
import { accounts } from './accounts.mts';
import { LeadTable, Organisation, type Lead } from './leads.mts';
import { initialPeriod, seedLeads } from './seed.mts';
import type { SparaSettings } from './settings.mts';

/** Everything Spara has stored: its customers and their leads. */
export class SparaState {
	readonly context: VendorContext<SparaSettings>;
	readonly leads: LeadTable;
	organisations: Organisation[] = [];

	constructor(context: VendorContext<SparaSettings>) {
		this.context = context;
		this.leads = new LeadTable(context.random);
		this.reset();
	}

	/** Back to the accounts and leads the sandbox starts with. */
	reset(): void {
		const { random, clock } = this.context;
		this.leads.clear();
		this.organisations = accounts.map(({ id, key, agents }) => new Organisation(id, key, agents));
		for (const { id, leads: count } of accounts) {
			const plan = { ...initialPeriod, count, pattern: 'daily' as const, sameSecond: 0 };
			seedLeads(plan, this.organisation(id), this.leads, random, clock.now());
		}
	}

	/** Throws a Refusal when there is no such account. */
	organisation(id: string): Organisation {
		const found = this.organisations.find((organisation) => organisation.id === id);
		if (!found) throw new Refusal(404, `No account '${id}'`);
		return found;
	}

	/** The account of a bearer key (docs/vendors/spara.md#authentication). */
	authenticate({ authorization = '' }: IncomingHttpHeaders): Organisation {
		const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
		const found = this.organisations.find((organisation) => organisation.key === key);
		if (!found) throw new Refusal(401, key ? 'Invalid API key' : 'Missing API key');
		return found;
	}

	/** Any account's lead; throws a 404 Refusal. */
	lead(id: string): Lead {
		const lead = this.leads.get(id);
		if (!lead) throw new Refusal(404, 'No such lead');
		return lead;
	}

	/** A lead the account may see; throws a 404 or 403 Refusal (docs/vendors/spara.md). */
	leadOf(accountId: string, id: string): Lead {
		const lead = this.lead(id);
		if (lead.organisation.id !== accountId) throw new Refusal(403, 'This key may not access this lead');
		return lead;
	}
}
