import { Refusal } from '../refusal.mts';
import type { Route } from '../vendor.mts';
import { bodies, readBody } from './bodies.mts';
import { conversationRoutes } from './conversation-routes.mts';
import { announce } from './events.mts';
import { checkQuery, requireOwner, routeMaker } from './reply.mts';
import type { LeadiosaState } from './state.mts';
import type { Contact, Workspace } from './workspace.mts';
import { createWebhook, printWebhook, removeWebhook } from './webhooks.mts';

/** Leadiosa's endpoints (docs/vendors/leadiosa.md#resources). */
export function routes(state: LeadiosaState): Route[] {
	const { settings, statistics } = state.context;
	const route = routeMaker(state);

	const contactRoutes = [
		route('GET', '/contacts', (request) => {
			checkQuery(request, []);
			return request.workspace.contacts.page(request.query, settings);
		}),
		route('GET', '/contacts/:id', ({ workspace, params }) => workspace.contacts.get(params.id)),
		route('PATCH', '/contacts/:id', ({ workspace, params, body }) => {
			const contact = workspace.contacts.get(params.id);
			const { attributes, ...fields } = readBody(bodies.contactChange, body);
			changeContact(state, workspace, contact, {
				...fields,
				...(attributes && { attributes: { ...contact.attributes, ...attributes } }),
			});
			statistics.countWrite('updateContact', contact.id);
			return contact;
		}),
		route('DELETE', '/contacts/:id', ({ workspace, params }) => {
			workspace.contacts.remove(params.id);
			audit(state, workspace, 'contact.erased', params.id, 'contact');
			statistics.countWrite('erase', params.id);
			announce(state, workspace, 'contact.erased', params.id, { contact_id: params.id });
			return undefined;
		}),
	];

	const knowledgeRoutes = [
		route('GET', '/knowledge', (request) => {
			checkQuery(request, []);
			return request.workspace.articles.page(request.query, settings);
		}),
		route('POST', '/knowledge', ({ workspace, body }) => {
			const article = readBody(bodies.article, body);
			const now = state.now();
			statistics.countWrite('article', article.title);
			const dates = { created_at: now, updated_at: now };
			return workspace.articles.add({ id: state.freshId('kb'), ...article, status: 'published', ...dates });
		}),
		route('GET', '/knowledge/:id', ({ workspace, params }) => workspace.articles.get(params.id)),
		route('PATCH', '/knowledge/:id', ({ workspace, params, body }) => {
			const article = workspace.articles.get(params.id);
			Object.assign(article, readBody(bodies.articleChange, body), { updated_at: state.now() });
			workspace.articles.changed();
			statistics.countWrite('updateArticle', article.id);
			return article;
		}),
		route('DELETE', '/knowledge/:id', ({ workspace, params }) => {
			workspace.articles.remove(params.id);
			statistics.countWrite('deleteArticle', params.id);
			return undefined;
		}),
	];

	const webhookRoutes = [
		route('GET', '/webhooks', (request) => {
			checkQuery(request, []);
			const { data, pagination } = request.workspace.webhooks.page(request.query, settings);
			return { data: data.map(printWebhook), pagination };
		}),
		route('POST', '/webhooks', async ({ workspace, body }) => {
			const webhook = await createWebhook(state, workspace, body);
			statistics.countWrite('webhook', webhook.url);
			return webhook;
		}),
		route('DELETE', '/webhooks/:id', ({ workspace, params }) => {
			removeWebhook(state, workspace, params.id);
			return undefined;
		}),
	];

	const setClosed = (workspace: Workspace, closed: boolean) => {
		if ((workspace.closedAt !== undefined) === closed) {
			throw new Refusal(409, `The workspace is ${closed ? 'closed' : 'active'} already.`);
		}
		workspace.closedAt = closed ? state.now() : undefined;
		audit(state, workspace, closed ? 'workspace.closed' : 'workspace.restored', workspace.id, 'workspace');
		statistics.countWrite(closed ? 'close' : 'restore', workspace.id);
		return archiveStatus(workspace);
	};

	const ownerRoutes = [
		route('GET', '/audit', (request) => {
			checkQuery(request, []);
			return request.workspace.audit.page(request.query, settings);
		}),
		route('GET', '/workspace/archive-status', (request) => {
			requireOwner(request);
			return archiveStatus(request.workspace);
		}),
		route(
			'POST',
			'/workspace/close',
			(request) => {
				requireOwner(request);
				return setClosed(request.workspace, true);
			},
			200,
		),
		route(
			'POST',
			'/workspace/restore',
			(request) => {
				requireOwner(request);
				return setClosed(request.workspace, false);
			},
			200,
		),
		route('GET', '/billing/subscription', () => ({
			plan: 'pro',
			status: 'active',
			current_period_start: '2026-02-01T00:00:00.000Z',
			current_period_end: '2026-03-01T00:00:00.000Z',
			ai_tokens: { used: 12_000, limit: 100_000 },
		})),
	];

	return [
		...conversationRoutes(state, route),
		...contactRoutes,
		...knowledgeRoutes,
		...webhookRoutes,
		...ownerRoutes,
	];
}

/** ASSUMED: only the path is documented (docs/vendors/leadiosa.md#fields). */
function archiveStatus({ closedAt }: Workspace) {
	return closedAt === undefined ? { status: 'active' } : { status: 'closed', closed_at: closedAt };
}

function audit(state: LeadiosaState, workspace: Workspace, action: string, id: string, type: string): void {
	const actor = { id: 'op_1', type: 'operator' };
	workspace.audit.add({
		id: state.freshId('audit'),
		action,
		actor,
		target: { id, type },
		created_at: state.now(),
	});
}

/** Changes a contact in place, which expires the cursors of the list. */
export function changeContact(
	state: LeadiosaState,
	workspace: Workspace,
	contact: Contact,
	changes: Partial<Contact>,
): void {
	Object.assign(contact, changes, { updated_at: state.now() });
	workspace.contacts.changed();
}
