import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { DeliveryAttempt } from '../delivery/engine.mts';
import type { VendorRuntime } from '../runtime.mts';
import type { VendorView } from './view.mts';

const deliveriesShown = 20;
const requestsShown = 50;

const files = {
	'/': { name: 'page.html', type: 'text/html; charset=utf-8' },
	'/page/page.css': { name: 'page.css', type: 'text/css; charset=utf-8' },
	'/page/page.js': { name: 'page.js', type: 'text/javascript; charset=utf-8' },
	'/page/dom.js': { name: 'dom.js', type: 'text/javascript; charset=utf-8' },
	'/page/sections.js': { name: 'sections.js', type: 'text/javascript; charset=utf-8' },
};

/** The attempts of each delivery together, the newest delivery first. */
function byDelivery(log: DeliveryAttempt[]): DeliveryAttempt[][] {
	const grouped = new Map<string, DeliveryAttempt[]>();
	for (const attempt of log) {
		const key = `${attempt.deliveryId} ${attempt.variant}`;
		grouped.set(key, [...(grouped.get(key) ?? []), attempt]);
	}
	return [...grouped.values()].slice(-deliveriesShown).reverse();
}

/** The sandbox's page for people, at the root. What it shows comes from `/page/state/<vendor>`; what it does, goes to the admin API. */
export function pagePlugin(runtimes: Record<string, VendorRuntime>) {
	return async (app: FastifyInstance) => {
		for (const [path, { name, type }] of Object.entries(files)) {
			const file = fileURLToPath(new URL(`browser/${name}`, import.meta.url));
			app.get(path, async (_request, reply) => reply.type(type).send(readFileSync(file)));
		}

		app.get('/page/vendors', async ({ host, protocol }) =>
			Object.entries(runtimes).map(([name, runtime]) => ({
				name,
				title: viewOf(runtime, `${protocol}://${host}/${name}`)?.title ?? name,
			})),
		);

		app.get<{ Params: { vendor: string } }>('/page/state/:vendor', async (request, reply) => {
			const { vendor } = request.params;
			const runtime = Object.hasOwn(runtimes, vendor) ? runtimes[vendor] : undefined;
			if (!runtime) return await reply.code(404).send({ message: `no vendor "${vendor}"` });
			const { commands, deliveries, clock } = runtime;
			const view = viewOf(runtime, `${request.protocol}://${request.host}/${vendor}`);
			return {
				now: clock.now(),
				title: vendor,
				credentials: [],
				tables: [],
				events: [],
				imports: [],
				...view,
				limits: commands.limits(),
				meters: commands.meters(),
				faults: commands.faults(),
				endpoints: commands.webhooks(),
				deliveries: byDelivery(deliveries.log()),
				requests: commands.requests().slice(0, requestsShown),
			};
		});
	};
}

function viewOf({ vendor, commands }: VendorRuntime, url: string): VendorView | undefined {
	return vendor.page?.(commands, `${url}${vendor.basePath}`);
}
