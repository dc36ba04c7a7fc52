import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../refusal.mts';
import type { VendorContext } from '../vendor.mts';
import { accounts } from './accounts.mts';
import { initialPartnerData, type PartnerData } from './partner-data.mts';
import { seedSubscribers } from './seed.mts';
import type { SparkLoopSettings } from './settings.mts';
import { Subscribers } from './subscribers.mts';

/** A webhook as the API keeps it; `endpointId` where events can be delivered to it. */
export interface Webhook {
	uuid: string;
	url: string;
	events: Record<string, boolean>;
	endpointId?: number;
}

/** A stored record, as the API shows it. */
export type Stored = Record<string, unknown> & { uuid: string };

/** Everything one account has. */
export interface Organisation {
	id: string;
	key: string;
	webhookToken: string;
	subscribers: Subscribers;
	/** One per account today (docs/vendors/sparkloop.md#campaigns). */
	campaign: Stored & { name: string };
	memberships: Stored[];
	events: Array<Record<string, unknown>>;
	partner: PartnerData;
	webhooks: Webhook[];
}

/** Everything SparkLoop has stored: its customers and what is theirs. */
export class SparkLoopState {
	readonly context: VendorContext<SparkLoopSettings>;
	organisations: Organisation[] = [];

	constructor(context: VendorContext<SparkLoopSettings>) {
		this.context = context;
		this.reset();
	}

	/** Back to the accounts and records the sandbox starts with. */
	reset(): void {
		const { random } = this.context;
		this.organisations = accounts.map(({ id, key, webhookToken, campaignId, subscribers: count }) => {
			const subscribers = new Subscribers(random);
			seedSubscribers(subscribers, random, { count, prefix: 'reader' });
			return {
				id,
				key,
				webhookToken,
				subscribers,
				campaign: { uuid: campaignId, name: `Refer a friend of ${id}` },
				memberships: [],
				events: [],
				partner: initialPartnerData(id),
				webhooks: [],
			};
		});
	}

	/** Throws a Refusal when there is no such account. */
	organisation(id: string): Organisation {
		const found = this.organisations.find((organisation) => organisation.id === id);
		if (!found) throw new Refusal(404, `No account '${id}'`);
		return found;
	}

	/** The account of an `X-Api-Key` (docs/vendors/sparkloop.md#authentication). */
	authenticate(headers: IncomingHttpHeaders): Organisation {
		const key = headers['x-api-key'];
		if (key === undefined || key === '') throw new Refusal(401, 'API key is missing!');
		const found = this.organisations.find((organisation) => organisation.key === key);
		if (!found) throw new Refusal(401, 'User not found!');
		return found;
	}
}

/**
 * One of some records by id; throws a 404 Refusal. The vendor ends these texts in ! or .
 * (docs/vendors/sparkloop.md#errors).
 */
export function findStored<Item extends { uuid: unknown }>(
	items: Item[],
	noun: string,
	id: string,
	end = '!',
): Item {
	const found = items.find(({ uuid }) => uuid === id);
	if (!found) throw new Refusal(404, `${noun} ${id} not found${end}`);
	return found;
}
