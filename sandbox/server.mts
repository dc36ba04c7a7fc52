import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { adminPlugin } from './admin/plugin.mts';
import type { CommonCommands } from './admin/commands.mts';
import { systemClock, type Clock } from './clock.mts';
import { vendorPlugin } from './http/vendor-plugin.mts';
import { pagePlugin } from './page/plugin.mts';
import { VendorRuntime } from './runtime.mts';
import type { Vendor } from './vendor.mts';
import { vendors } from './vendors.mts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type AnyVendor = Vendor<any, any>;

/** The admin commands of each vendor by name, callable in-process: `sandbox.spara.seedLeads({...})`. */
export type SandboxOf<Vendors extends Record<string, AnyVendor>> = {
	[Name in keyof Vendors]: Vendors[Name] extends Vendor<infer Settings, infer Commands>
		? CommonCommands<Settings> & Commands
		: never;
};
export type Sandbox = SandboxOf<typeof vendors>;

export interface SandboxOptions {
	/** 0 takes any free port. */
	port?: number;
	/** 60 makes a minute of rate-limit window, retry delay or call pass in a second. The clock itself is not changed. */
	timeScale?: number;
	clock?: Clock;
	/** The same seed gives the same data and the same fault decisions. */
	seed?: number;
}

/** Starts the vendors given on one loopback port; see `startSandbox`. */
export async function startSandboxOf<Vendors extends Record<string, AnyVendor>>(
	served: Vendors,
	{ port = 4010, timeScale = 1, clock = systemClock, seed = 1 }: SandboxOptions = {},
): Promise<{ url: string; sandbox: SandboxOf<Vendors>; close(): Promise<void> }> {
	const runtimes = Object.entries(served).map(
		([name, vendor]) => [name, new VendorRuntime(vendor, { clock, timeScale, seed })] as const,
	);
	const commands = Object.fromEntries(runtimes.map(([name, runtime]) => [name, runtime.commands]));

	const app = fastify({ forceCloseConnections: true, exposeHeadRoutes: false, genReqId: () => randomUUID() });
	for (const [name, runtime] of runtimes) {
		app.register(vendorPlugin(runtime), { prefix: `/${name}${runtime.vendor.basePath}` });
	}
	app.register(adminPlugin(commands), { prefix: '/admin' });
	app.register(pagePlugin(Object.fromEntries(runtimes)));
	await app.listen({ port, host: '127.0.0.1' });

	return {
		url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
		sandbox: commands as SandboxOf<Vendors>,
		close: async () => {
			await app.close();
			await Promise.all(runtimes.map(async ([, runtime]) => await runtime.close()));
		},
	};
}

/**
 * Starts the fake APIs of all vendors on one loopback port, each below `<url>/<vendor>` and its own base path
 * (`<url>/spara/v1`), the admin API below `<url>/admin`, and a page for people at `<url>/`. `sandbox` is the admin API in-process.
 * Rejects with `EADDRINUSE` when the port is taken.
 */
export const startSandbox = async (options?: SandboxOptions) => await startSandboxOf(vendors, options);
