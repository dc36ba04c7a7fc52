import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../refusal.mts';
import type { Account, VendorContext } from '../vendor.mts';
import { accounts, entityIds, reportId, startFlows, type FlowSeed } from './accounts.mts';
import type { Fields } from './body.mts';
import { answerSecrets } from './secrets.mts';
import type { ActiveProspectSettings } from './settings.mts';

export interface Caller extends Account {
	hasApi: boolean;
}

export interface Lead {
	id: string;
	accountId: string;
	flow: Flow;
	source: { id: string; name: string };
	fields: Fields;
	at: number;
}

export interface Event {
	id: string;
	accountId: string;
	type: string;
	outcome: string;
	reason: string | null;
	start_timestamp: number;
	end_timestamp: number;
	vars: Record<string, unknown>;
	[key: string]: unknown;
}

export interface Flow extends FlowSeed {
	/** What was deployed last: edits are inert until then. */
	live: Record<string, unknown>;
	count: number;
	pings: number;
	references: Set<string>;
}

/** Everything that ActiveProspect has stored. */
export class ActiveProspectState {
	readonly context: VendorContext<ActiveProspectSettings>;
	readonly leads = new Map<string, Lead>();
	events: Event[] = [];
	flows: Flow[] = [];
	fields: Fields[] = [];
	entities: Fields[] = [];
	reports: Fields[] = [];
	readonly lists = new Map<string, Map<string, string>>();
	#lastId = 0;

	constructor(context: VendorContext<ActiveProspectSettings>) {
		this.context = context;
		this.reset();
	}

	reset(): void {
		this.leads.clear();
		this.events = [];
		this.#lastId = 0x1000;
		this.flows = startFlows().map((flow) => ({
			...flow,
			live: structuredClone(flow.document),
			count: 0,
			pings: 0,
			references: new Set(),
		}));
		this.fields = [
			{ id: 'email', name: 'Email', type: 'email', standard: true },
			{ id: 'phone_1', name: 'Phone 1', type: 'phone', standard: true },
			{ id: 'tier_acme', name: 'Tier', type: 'string', standard: false },
		];
		this.entities = [
			{
				id: entityIds.form,
				name: 'Web form',
				source: 'form',
				recipient: null,
				module_ids: [],
				standard: false,
			},
			{ id: entityIds.crm, name: 'CRM', source: null, recipient: 'crm', module_ids: [], standard: false },
		];
		this.reports = [
			{
				id: reportId,
				name: 'Sources this month',
				columns: ['source-submitted'],
				rules: [],
				group_by: ['vars.source.name'],
				token: answerSecrets.shareToken,
			},
		];
		this.lists.clear();
		this.lists.set('do_not_call', new Map());
		this.lists.set('duplicates', new Map());
	}

	/** 24 hexadecimal characters, growing. */
	freshId(): string {
		this.#lastId++;
		return `66aa10f2c0ffee00${this.#lastId.toString(16).padStart(8, '0')}`;
	}

	/** HTTP Basic: the password is the key, the user's name is ignored (docs/vendors/activeprospect.md#authentication). */
	authenticate({ authorization = '' }: IncomingHttpHeaders): Caller {
		const [, encoded] = /^Basic +(\S+)$/i.exec(authorization) ?? [];
		const key =
			encoded &&
			Buffer.from(encoded, 'base64')
				.toString('utf8')
				.replace(/^[^:]*:/, '');
		const found = accounts.find((account) => account.key === key);
		if (!found) throw new Refusal(401, 'authentication failed');
		return { id: found.id, hasApi: found.hasApi };
	}

	/** A submission needs no key, so its flow is anybody's. */
	flow(id: string): Flow {
		const flow = this.flows.find((candidate) => candidate.id === id);
		if (!flow) throw new Refusal(404, 'flow not found');
		return flow;
	}

	flowOf(account: Account, id: string): Flow {
		const flow = this.flow(id);
		if (flow.accountId !== account.id) throw new Refusal(404, 'flow not found');
		return flow;
	}

	addEvent(event: Omit<Event, 'id'> & { id?: string }): Event {
		const stored = { id: event.id ?? this.freshId(), ...event } as Event;
		this.events.push(stored);
		return stored;
	}
}
