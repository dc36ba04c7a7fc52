import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../refusal.mts';
import type { Account, VendorContext } from '../vendor.mts';
import { accounts, type Role } from './accounts.mts';
import { seedContacts, seedWorkspace } from './seed.mts';
import type { LeadiosaSettings } from './settings.mts';
import { Workspace } from './workspace.mts';

/** A token: what limits are counted for (docs/vendors/leadiosa.md#rate-limits), and what it may do. */
export interface Token extends Account {
	workspace: Workspace;
	role: Role;
}

/** Everything Leadiosa has stored. */
export class LeadiosaState {
	readonly context: VendorContext<LeadiosaSettings>;
	workspaces: Workspace[] = [];
	#lastId = 0;

	constructor(context: VendorContext<LeadiosaSettings>) {
		this.context = context;
		this.reset();
	}

	/** Back to the workspaces and contacts the sandbox starts with. */
	reset(): void {
		this.#lastId = 0;
		this.workspaces = accounts.map(({ id, tokens }) => new Workspace(id, tokens));
		for (const { id, contacts } of accounts) {
			seedContacts(this, this.workspace(id), contacts);
			seedWorkspace(this, this.workspace(id));
		}
	}

	/** A new id, like `conv_7`. */
	freshId(prefix: string): string {
		return `${prefix}_${(++this.#lastId).toString(36)}`;
	}

	/** Now, as Leadiosa writes times. */
	now(): string {
		return new Date(this.context.clock.now()).toISOString();
	}

	/** Throws a 404 Refusal when there is no such workspace. */
	workspace(id: string): Workspace {
		const found = this.workspaces.find((workspace) => workspace.id === id);
		if (!found) throw new Refusal(404, `No workspace '${id}'`);
		return found;
	}

	/** The token of a request (docs/vendors/leadiosa.md#authentication). */
	authenticate({ authorization = '' }: IncomingHttpHeaders): Token {
		const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
		for (const workspace of this.workspaces) {
			const token = workspace.tokens.find((candidate) => candidate.key === key);
			if (token) return { id: token.key, workspace, role: token.role };
		}
		throw new Refusal(401, key ? 'The token is not valid.' : 'The Authorization header is missing.');
	}
}
