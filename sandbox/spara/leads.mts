import type { Random } from '../random.mts';
import { TimeIndex } from '../time-index.mts';
import { fieldTypeOf, initialFieldTypes, type Fields, type FieldType } from './fields.mts';
import type { SparaSettings } from './settings.mts';

/** Times in epoch ms, with the part of the second that is never printed. */
export interface Call {
	startedAt: number;
	endedAt: number;
	mode: 'live' | 'qa';
	summary: string;
}

export interface Lead {
	id: string;
	organisation: Organisation;
	createdAt: number;
	updatedAt: number;
	data: Fields;
	/** Where the chat began; absent for leads created through the API. */
	conversationUrl?: string;
	calls: Call[];
	/** One of the leads whose integers and booleans may be shown as strings. */
	textual: boolean;
}

export interface Agent {
	id: string;
	name: string;
	published: boolean;
	phoneNumber?: string;
}

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** A customer account: its key, agents and leads, found by email or by time. */
export class Organisation {
	readonly id: string;
	readonly key: string;
	readonly agents: Agent[];
	readonly fieldTypes = new Map<string, FieldType>(initialFieldTypes);
	readonly leads: Record<SparaSettings['filterField'], TimeIndex<Lead>> = {
		created_at: new TimeIndex<Lead>((lead) => lead.createdAt),
		updated_at: new TimeIndex<Lead>((lead) => lead.updatedAt),
	};
	readonly #byEmail = new Map<string, Set<Lead>>();

	constructor(id: string, key: string, agents: Agent[]) {
		this.id = id;
		this.key = key;
		this.agents = agents;
	}

	withEmail(email: string): Lead[] {
		return [...(this.#byEmail.get(email.toLowerCase()) ?? [])];
	}

	/** Puts a new lead into every index. */
	index(lead: Lead): void {
		this.leads.created_at.add(lead);
		this.leads.updated_at.add(lead);
		this.#save(lead, lead.data);
	}

	/** Changes some of a lead's fields; `at` is epoch ms. */
	change(lead: Lead, fields: Fields, at: number): void {
		if ('email' in fields) this.#byEmail.get(emailKey(lead))?.delete(lead);
		lead.data = { ...lead.data, ...fields };
		lead.updatedAt = at;
		this.leads.updated_at.invalidate();
		this.#save(lead, fields);
	}

	#save(lead: Lead, saved: Fields): void {
		for (const [name, value] of Object.entries(saved)) {
			const type = fieldTypeOf(value);
			if (type && !this.fieldTypes.has(name)) this.fieldTypes.set(name, type);
		}
		if (!('email' in saved)) return;
		const key = emailKey(lead);
		this.#byEmail.set(key, (this.#byEmail.get(key) ?? new Set()).add(lead));
	}
}

const emailKey = (lead: Lead) => String(lead.data.email).toLowerCase();

/** All leads by id, whatever organisation they belong to. */
export class LeadTable {
	readonly #random: Random;
	readonly #byId = new Map<string, Lead>();

	constructor(random: Random) {
		this.#random = random;
	}

	get(id: string): Lead | undefined {
		return this.#byId.get(id);
	}

	all(): Lead[] {
		return [...this.#byId.values()];
	}

	clear(): void {
		this.#byId.clear();
	}

	/** Gives a new lead its id and files it with its organisation. */
	add(fresh: Omit<Lead, 'id' | 'calls'>): Lead {
		const lead = { ...fresh, id: this.#freshId(), calls: [] };
		this.#byId.set(lead.id, lead);
		lead.organisation.index(lead);
		return lead;
	}

	#freshId(): string {
		const id = Array.from({ length: 8 }, () => this.#random.pick(idAlphabet)).join('');
		return this.#byId.has(id) ? this.#freshId() : id;
	}
}
