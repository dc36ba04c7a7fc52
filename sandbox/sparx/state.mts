import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../refusal.mts';
import type { Account, VendorContext } from '../vendor.mts';
import { accounts, type Role } from './accounts.mts';
import { seedDeal } from './dealRoutes.mts';
import { seedTenant } from './seed.mts';
import type { SparxSettings } from './settings.mts';
import { Tenant } from './tenant.mts';

/** Whoever a bearer belongs to: a tenant, and what it may do there. */
export interface Bearer extends Account {
	role: Role;
}

/** Everything Sparx has stored. */
export class SparxState {
	readonly context: VendorContext<SparxSettings>;
	#tenants = new Map<string, Tenant>();

	constructor(context: VendorContext<SparxSettings>) {
		this.context = context;
		this.reset();
	}

	/** Back to the tenants and records the sandbox starts with. */
	reset(): void {
		const { clock, random } = this.context;
		this.#tenants = new Map(
			accounts.map(({ id, products, customers, orders }) => {
				const tenant = new Tenant(id, products, clock, random);
				seedTenant(tenant, { customers, orders }, random);
				if (customers > 0) seedDeal(tenant);
				return [id, tenant];
			}),
		);
	}

	/** Throws a Refusal when there is no such tenant. */
	tenant(id: string): Tenant {
		const tenant = this.#tenants.get(id);
		if (!tenant) throw new Refusal(404, `No account '${id}'`);
		return tenant;
	}

	/** The scheme is exactly `Bearer`, and every bad key gets the same message. */
	authenticate({ authorization = '' }: IncomingHttpHeaders): Bearer {
		const [, token] = /^Bearer +(\S+) *$/.exec(authorization) ?? [];
		if (!token) throw new Refusal(401, 'Authentication required.');
		for (const { id, keys } of accounts) {
			const [role] = Object.entries(keys).find(([, key]) => key === token) ?? [];
			if (role) return { id, role: role as Role };
		}
		throw new Refusal(
			401,
			token.startsWith('sk_live_') ? 'Invalid or expired API key.' : 'Invalid or expired token.',
		);
	}
}
