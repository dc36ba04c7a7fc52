import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../refusal.mts';
import type { Account, VendorContext } from '../vendor.mts';
import { accounts, type AccountSeed } from './accounts.mts';
import { startFlows, type Flow } from './flows.mts';
import type { Lead } from './leads.mts';
import { initialPeriod, seedLeads } from './seed.mts';
import type { LeadConduitSettings } from './settings.mts';

/** Whoever a key belongs to, and what the key may do. */
export interface Caller extends Account {
	mayWrite: boolean;
}

/** Everything LeadConduit has stored: accounts, their flows and leads. */
export class LeadConduitState {
	readonly context: VendorContext<LeadConduitSettings>;
	readonly leads = new Map<string, Lead>();
	readonly #flows = new Map<string, Flow>();
	/** Addresses that a flow has taken a lead with, by flow. */
	readonly #known = new Map<string, Set<string>>();
	#lastIds: Record<string, number> = {};

	constructor(context: VendorContext<LeadConduitSettings>) {
		this.context = context;
		this.reset();
	}

	/** Back to the accounts, flows and leads the sandbox starts with. */
	reset(): void {
		this.leads.clear();
		this.#flows.clear();
		this.#known.clear();
		this.#lastIds = {};
		for (const account of accounts) {
			for (const flow of startFlows(account)) this.#flows.set(flow.id, flow);
			const [first] = account.flows;
			seedLeads({ ...initialPeriod, count: account.leads, flow: first.id }, this);
		}
	}

	/** A fresh id such as `lead_1a`. */
	freshId(kind: string): string {
		this.#lastIds[kind] = (this.#lastIds[kind] ?? 0) + 1;
		return `${kind}_${this.#lastIds[kind].toString(36)}`;
	}

	/**
	 * Throws a 401 Refusal for anything but a bearer key that is known (docs/vendors/leadconduit.md#authentication).
	 */
	authenticate({ authorization = '' }: IncomingHttpHeaders): Caller {
		const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
		const found = accounts.find((account) => account.key === key || account.readOnlyKey === key);
		if (!found) throw new Refusal(401, key ? 'not authorized' : 'authentication failed');
		return { id: found.id, mayWrite: found.key === key };
	}

	account(id: string): AccountSeed {
		const found = accounts.find((account) => account.id === id);
		if (!found) throw new Refusal(404, `no account '${id}'`);
		return found;
	}

	flowsOf(accountId: string): Flow[] {
		return [...this.#flows.values()].filter((flow) => flow.accountId === accountId);
	}

	/** Any account's flow; throws a 404 Refusal. */
	flow(id: string): Flow {
		const flow = this.#flows.get(id);
		if (!flow) throw new Refusal(404, 'flow not found');
		return flow;
	}

	/** A flow of the account; another's is as unknown as one that does not exist. */
	flowOf(accountId: string, id: string): Flow {
		const flow = this.flow(id);
		if (flow.accountId !== accountId) throw new Refusal(404, 'flow not found');
		return flow;
	}

	leadOf(accountId: string, id: string): Lead {
		const lead = this.leads.get(id);
		if (!lead || lead.accountId !== accountId) throw new Refusal(404, 'lead not found');
		return lead;
	}

	leadsOf(accountId: string): Lead[] {
		return this.flowsOf(accountId).flatMap(({ leads }) => leads);
	}

	/** Whether the flow has had a lead with this address; from now on it has. */
	isKnown(flow: Flow, email: string): boolean {
		const known = this.#known.get(flow.id) ?? new Set<string>();
		this.#known.set(flow.id, known);
		const address = email.toLowerCase();
		const isKnown = known.has(address);
		known.add(address);
		return isKnown;
	}

	file(lead: Lead, flow: Flow): void {
		this.leads.set(lead.id, lead);
		flow.leads.push(lead);
	}
}
