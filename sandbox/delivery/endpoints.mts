import { z } from 'zod';
import { authenticationSchema } from './authentication.mts';

export const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

/** A receiver of one account's events. Only loopback: a fake must not send anything off the machine. */
export const endpointSchema = z
	.object({
		account: z.string().min(1),
		url: z
			.string()
			.url()
			.refine((url) => loopbackHosts.includes(new URL(url).hostname), 'must be a loopback address'),
		authentication: authenticationSchema.default({ kind: 'none' }),
		/** Event names to send; all when absent. */
		events: z.array(z.string()).optional(),
	})
	.strict();

export interface Endpoint extends z.output<typeof endpointSchema> {
	id: number;
}

/** The registered webhook URLs of one vendor. Beyond `perAccount`, registering one drops the account's oldest. */
export class Endpoints {
	readonly #perAccount: number;
	#endpoints: Endpoint[] = [];
	#lastId = 0;

	constructor(perAccount: number) {
		this.#perAccount = perAccount;
	}

	register(given: z.output<typeof endpointSchema>): Endpoint {
		const endpoint = { ...given, id: ++this.#lastId };
		const siblings = this.#endpoints.filter(({ account }) => account === given.account);
		if (siblings.length >= this.#perAccount) this.remove(siblings[0].id);
		this.#endpoints.push(endpoint);
		return endpoint;
	}

	remove(id: number): void {
		this.#endpoints = this.#endpoints.filter((endpoint) => endpoint.id !== id);
	}

	clear(): void {
		this.#endpoints = [];
	}

	list(): Endpoint[] {
		return [...this.#endpoints];
	}

	/** Where one event of an account goes. */
	receiving(account: string, event: string): Endpoint[] {
		return this.#endpoints.filter(
			(endpoint) => endpoint.account === account && (endpoint.events?.includes(event) ?? true),
		);
	}
}
