import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { admit, retryAfterHeader } from '../limiter.mts';
import { Refusal } from '../refusal.mts';
import type { VendorRuntime } from '../runtime.mts';
import type { Account, LimitDefinition, Route, VendorRequest } from '../vendor.mts';
import { textAnswer, type Answer } from './answer.mts';
import type { Fault } from './faults.mts';
import type { RequestLogEntry } from './request-log.mts';
import { resetConnection, send, waitWhileConnected } from './send.mts';

declare module 'fastify' {
	interface FastifyRequest {
		account: Account;
		fault: Fault | undefined;
		logged: RequestLogEntry;
	}
	interface FastifyContextConfig {
		path?: string;
		isOpen?: boolean;
	}
}

/** Whoever sends a request that needs no key. */
const NOBODY: Account = { id: 'nobody' };

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

const badGateway =
	'<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

/** Parses multipart/form-data as Node itself does. */
function takeForms(app: FastifyInstance): void {
	app.addContentTypeParser(
		'multipart/form-data',
		{ parseAs: 'buffer' },
		async (request: FastifyRequest, body: Buffer) => {
			const headers = { 'content-type': String(request.headers['content-type']) };
			return await new Response(body, { headers }).formData().catch(() => {
				throw new Refusal(400, 'The form cannot be read');
			});
		},
	);
}

/**
 * Serves one vendor's API. A request goes through: limits per address, authentication, limits per account, faults,
 * reading the body, the route. Whatever refuses it, the answer has the vendor's error shape and request id.
 */
export function vendorPlugin(runtime: VendorRuntime) {
	const { vendor, parts, limiters, faults, statistics, requests, clock } = runtime;
	const routeOf = (request: FastifyRequest) =>
		`${request.method} ${request.routeOptions.config.path ?? 'unknown'}`;

	/** What the limits that apply tell about themselves, once it is known whose request it is. */
	const usageHeaders = ({ account, method, routeOptions }: FastifyRequest) => {
		const told = Object.entries(vendor.limits).map(([name, { per, appliesTo, headers }]) => {
			const applies = per === 'account' && account && appliesTo(method, routeOptions.config.path ?? '');
			const usage = applies && headers ? limiters[name].usage(account.id) : undefined;
			return usage && headers?.(usage);
		});
		return Object.assign({}, ...told) as Record<string, string>;
	};

	const finish = async (request: FastifyRequest, reply: FastifyReply, answer: Answer) => {
		const route = routeOf(request);
		const headers = {
			...answer.headers,
			...usageHeaders(request),
			...(vendor.requestIdHeader && { [vendor.requestIdHeader]: request.id }),
		};
		if (request.fault?.kind !== 'reset-after') {
			statistics.countAnswer(route, answer.status);
			Object.assign(request.logged ?? {}, { status: answer.status, answer: answer.body });
		}
		await send(reply, { ...answer, headers }, request.fault, clock);
		return reply;
	};

	const enforceLimits = (request: FastifyRequest, per: LimitDefinition['per'], key: string) => {
		const path = request.routeOptions.config.path ?? '';
		const applying = Object.entries(vendor.limits)
			.filter(([, limit]) => limit.per === per && limit.appliesTo(request.method, path))
			.map(([name]) => limiters[name]);
		const refusal = admit(applying, key);
		if (!refusal) return;
		const headers = retryAfterHeader(refusal.retryAfter, refusal.waitMs, clock.now());
		throw new Refusal(429, 'Rate limit exceeded', { headers });
	};

	/** Those faults that strike before the request is applied; the others wait for the answer. */
	const strikeBefore = async (request: FastifyRequest, reply: FastifyReply, fault: Fault) => {
		switch (fault.kind) {
			case 'latency':
				// Whoever hangs up while waiting has sent nothing that is applied.
				if (!(await waitWhileConnected(reply, fault.ms, clock))) reply.hijack();
				return undefined;
			case 'reset-before':
				return resetConnection(reply);
			case 'rate-limited': {
				const headers = retryAfterHeader(fault.retryAfter, fault.waitMs, clock.now());
				throw new Refusal(429, 'Rate limit exceeded', { headers });
			}
			case 'status':
				if (fault.body === 'vendor') throw new Refusal(fault.status, 'Injected fault');
				if (fault.body === 'text')
					return await finish(request, reply, textAnswer(fault.status, 'upstream failure'));
				return await finish(request, reply, textAnswer(fault.status, badGateway, 'text/html'));
			default:
				return undefined;
		}
	};

	const register = (app: FastifyInstance, { method, path, isOpen, handle }: Route) =>
		app.route({
			method,
			url: path,
			config: { path, isOpen },
			handler: async (request, reply) => {
				const { account, params, query, headers, body } = request;
				return await finish(
					request,
					reply,
					await handle({ account, params, query, headers, body } as VendorRequest),
				);
			},
		});

	const refuseOtherMethods = (app: FastifyInstance, path: string) => {
		const allowed: string[] = parts.routes.filter((route) => route.path === path).map(({ method }) => method);
		const refused = methods.filter((method) => !allowed.includes(method));
		const isOpen = parts.routes.some((route) => route.path === path && route.isOpen);
		app.route({
			method: refused,
			url: path,
			config: { path, isOpen },
			handler: () => {
				throw new Refusal(405, 'Method not allowed', { headers: { allow: allowed.join(', ') } });
			},
		});
	};

	return async (app: FastifyInstance) => {
		app.removeContentTypeParser('text/plain');
		if (vendor.takesForms) takeForms(app);
		if (vendor.takesText)
			app.addContentTypeParser(
				'*',
				{ parseAs: 'string' },
				async (_request: FastifyRequest, body: string) => body,
			);
		app.decorateRequest('account');
		app.decorateRequest('fault');
		app.decorateRequest('logged');

		app.addHook('onRequest', async (request, reply) => {
			statistics.countRequest(routeOf(request));
			const path = request.url.slice(app.prefix.length);
			request.logged = requests.begin(request.method, path, reply.raw);
			enforceLimits(request, 'address', request.ip);
			request.account = request.routeOptions.config.isOpen ? NOBODY : parts.authenticate(request.headers);
			enforceLimits(request, 'account', request.account.id);
			request.logged.account = request.account.id;
			request.fault = faults.next(request.method, path.split('?')[0]);
			if (!request.fault) return undefined;
			request.logged.fault = request.fault.kind;
			statistics.countFault(routeOf(request), request.fault.kind);
			return await strikeBefore(request, reply, request.fault);
		});

		app.addHook('preValidation', async ({ body, headers }) => {
			if (vendor.jsonContentType === undefined || body === undefined || body instanceof FormData) return;
			const given = String(headers['content-type']).toLowerCase().replace(/\s/g, '');
			if (given !== vendor.jsonContentType)
				throw new Refusal(415, `Content type must be ${vendor.jsonContentType}`);
		});

		app.addHook('preHandler', async (request) => {
			request.logged.body = request.body;
		});

		for (const route of parts.routes) register(app, route);
		for (const path of new Set(parts.routes.map((route) => route.path))) refuseOtherMethods(app, path);

		app.setNotFoundHandler(() => {
			throw new Refusal(404, 'No such endpoint');
		});
		app.setErrorHandler<FastifyError | Refusal>(async (error, request, reply) => {
			const refusal = error instanceof Refusal ? error : new Refusal(error.statusCode ?? 500, error.message);
			if (refusal.status === 500 && !(error instanceof Refusal)) console.error(error);
			const path = `${vendor.basePath}${request.url.slice(app.prefix.length).split('?')[0]}`;
			const answer = parts.refuse(refusal, request.id, { method: request.method, path });
			return await finish(request, reply, { ...answer, headers: { ...answer.headers, ...refusal.headers } });
		});
	};
}
