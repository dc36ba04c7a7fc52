import type { VendorRequest } from '../vendor.mts';
import { addRecord, changeRecord, holds, listAnswer, matching } from './crmRoutes.mts';
import * as crm from './crmSchemas.mts';
import { SparxRefusal } from './errors.mts';
import { printOrder, printRecord, without } from './print.mts';
import type { CrmRecord } from './records.mts';
import { noContent, pageAnswer, success, type SparxRoute } from './route.mts';
import { checked, checkedId } from './schemas.mts';
import { isNewer } from './settings.mts';
import type { SparxState } from './state.mts';
import { missing, type Tenant } from './tenant.mts';

interface Stage {
	id: string;
	name: string;
	probability: number;
	stageType: string;
}

/** The pipeline that Sparx makes for every tenant, with fixed ids. */
export const salesPipeline = {
	id: 'b0000000-0000-4000-8000-000000000000',
	name: 'Sales',
	slug: 'sales',
	isDefault: true,
	sortOrder: 0,
	archivedAt: null,
	stages: (
		[
			['Qualified', 20, 'open'],
			['Proposal', 50, 'open'],
			['Won', 100, 'won'],
			['Lost', 0, 'lost'],
		] as const
	).map(([name, probability, stageType], sortOrder) => ({
		id: `b0000000-0000-4000-8000-00000000000${sortOrder + 1}`,
		name,
		sortOrder,
		probability,
		stageType,
		color: '#888888',
	})),
};

function stageOf(id: string): Stage {
	const stage = salesPipeline.stages.find((candidate) => candidate.id === id);
	if (stage) return stage;
	throw new SparxRefusal(422, 'The stage is of another pipeline.', {
		details: [{ field: 'stageId', message: 'not in the pipeline' }],
	});
}

/** A won or lost stage closes the deal. */
function placed(tenant: Tenant, stage: Stage, closedReason: string | undefined) {
	const isClosed = stage.stageType !== 'open';
	return {
		stageId: stage.id,
		probability: stage.probability,
		closedAt: isClosed ? tenant.now() : null,
		closedReason: isClosed ? (closedReason ?? null) : null,
	};
}

/** The deal that a tenant has from the beginning, of its first customer; with a fixed id, so that examples can name it. */
export function seedDeal(tenant: Tenant): void {
	const [customer] = tenant.customers.values();
	const [, proposal] = salesPipeline.stages;
	const deal: CrmRecord = {
		id: 'e0000000-0000-4000-8000-000000000001',
		tenantId: tenant.id,
		...crm.dealDefaults(),
		title: 'Hats for the whole team',
		pipelineId: salesPipeline.id,
		stageId: proposal.id,
		probability: proposal.probability,
		customerId: customer.id,
		companyId: null,
		value: 1250,
		closedAt: null,
		closedReason: null,
		orderIds: [],
		createdAt: customer.createdAt,
		updatedAt: customer.createdAt,
	};
	tenant.all('Deal').set(deal.id, deal);
}

export function dealRoutes({ context: { settings, statistics } }: SparxState): SparxRoute[] {
	const kind = 'Deal';
	const one = (tenant: Tenant, { params }: VendorRequest) => tenant.one(kind, checkedId(params.id));
	const print = (deal: CrmRecord) => {
		const { name, stageType } = stageOf(String(deal.stageId));
		const { companyId, ...shown } = without(deal, ['orderIds']);
		const company = isNewer(settings) ? { companyId } : { b2bAccountId: companyId };
		return printRecord({ ...shown, ...company, stage: { name, stageType } }, settings);
	};
	const read = ({ b2bAccountId, companyId, ...fields }: Record<string, unknown>) => {
		const company = isNewer(settings) ? companyId : b2bAccountId;
		return company === undefined ? fields : { ...fields, companyId: company };
	};
	const refer = (tenant: Tenant, { customerId, companyId }: Record<string, unknown>) => {
		if (customerId) tenant.customer(String(customerId));
		if (companyId) tenant.one('Company', String(companyId));
	};
	return [
		{
			method: 'GET',
			path: '/crm/pipelines',
			handle: (_tenant, { query }) =>
				listAnswer([salesPipeline as unknown as CrmRecord], query, settings, (record) => record),
		},
		{
			method: 'GET',
			path: '/crm/deals',
			handle: (tenant, { query }) => {
				const asked = checked(crm.listQuery(settings.largestTake), query);
				const found = matching(tenant, kind, {
					pipelineId: asked.pipeline_id,
					stageId: asked.stage_id,
					customerId: asked.customer_id,
					companyId: asked.b2b_account_id,
					assignedRepId: asked.assigned_rep_id,
				}).filter(({ closedAt }) => !asked.state || (asked.state === 'closed') === (closedAt !== null));
				const hits = isNewer(settings) ? found.filter(({ title }) => holds(title, asked.q)) : found;
				return pageAnswer(hits, asked, print);
			},
		},
		{
			method: 'POST',
			path: '/crm/deals',
			handle: (tenant, { body }) => {
				const fields = read(checked(crm.deal(settings), body));
				if (fields.pipelineId !== salesPipeline.id) missing('Pipeline', String(fields.pipelineId));
				refer(tenant, fields);
				const stage = stageOf(String(fields.stageId));
				const made = addRecord(tenant, kind, {
					companyId: null,
					customerId: null,
					...crm.dealDefaults(),
					...fields,
					...placed(tenant, stage, fields.closedReason as string | undefined),
					...(fields.probability === undefined ? {} : { probability: fields.probability }),
					orderIds: [],
				});
				statistics.countWrite('deal', String(made.title));
				return success(201, print(made));
			},
		},
		{
			method: 'GET',
			path: '/crm/deals/:id',
			handle: (tenant, asked) => success(200, print(one(tenant, asked))),
		},
		{
			method: 'PATCH',
			path: '/crm/deals/:id',
			handle: (tenant, asked) => {
				const given = read(checked(crm.deal(settings).partial(), asked.body));
				const changes: Record<string, unknown> = without(given, ['pipelineId']);
				if (changes.stageId !== undefined)
					throw new SparxRefusal(422, 'Use move-stage.', {
						details: [{ field: 'stageId', message: 'use move-stage' }],
					});
				refer(tenant, changes);
				return success(
					200,
					print(changeRecord(tenant, one(tenant, asked), changes, crm.dealDefaults(), settings)),
				);
			},
		},
		{
			method: 'POST',
			path: '/crm/deals/:id/move-stage',
			handle: (tenant, asked) => {
				const { toStageId, closedReason } = checked(crm.moveStage, asked.body);
				const deal = one(tenant, asked);
				const stage = stageOf(toStageId);
				if (deal.stageId !== stage.id)
					Object.assign(deal, placed(tenant, stage, closedReason), { updatedAt: tenant.now() });
				return success(200, print(deal));
			},
		},
		{
			method: 'POST',
			path: '/crm/deals/:id/orders',
			handle: (tenant, asked) => {
				const { order_id: orderId } = checked(crm.attachOrder, asked.body);
				const deal = one(tenant, asked);
				const ids = deal.orderIds as string[];
				tenant.order(orderId);
				if (ids.includes(orderId)) throw new SparxRefusal(409, 'The order is attached already.');
				ids.push(orderId);
				return success(201, { dealId: deal.id, orderId });
			},
		},
		{
			method: 'GET',
			path: '/crm/deals/:id/orders',
			handle: (tenant, asked) => {
				const ids = one(tenant, asked).orderIds as string[];
				return success(
					200,
					ids.map((id) => printOrder(tenant.order(id), settings, false)),
				);
			},
		},
		{
			method: 'DELETE',
			path: '/crm/deals/:id',
			exists: isNewer,
			handle: (tenant, asked) => {
				one(tenant, asked).deletedAt = tenant.now();
				return noContent();
			},
		},
	];
}
