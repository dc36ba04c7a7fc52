import { jsonAnswer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import type { Route } from '../vendor.mts';
import { checkNoBody } from './checks.mts';
import { listAnswer, readListQuery } from './paging.mts';
import { findStored, type SparkLoopState } from './state.mts';

/** Offers and their conversions (docs/vendors/sparkloop.md#offers). */
export function offerRoutes(state: SparkLoopState): Route[] {
	const { settings, statistics } = state.context;
	const partnerOf = (accountId: string) => state.organisation(accountId).partner;
	return [
		{
			method: 'GET',
			path: '/offers',
			handle: ({ account, query }) =>
				listAnswer('offers', partnerOf(account.id).offers, readListQuery(query).page, settings),
		},
		{
			method: 'GET',
			path: '/offers/:identifier',
			handle: ({ account, params }) =>
				jsonAnswer(200, { offer: findStored(partnerOf(account.id).offers, 'Offer', params.identifier, '.') }),
		},
		{
			method: 'POST',
			path: '/offers/:identifier/submissions/:submission/conversions',
			handle: ({ account, params, body }) => {
				checkNoBody(body);
				const { offers, submissions } = partnerOf(account.id);
				const offer = findStored(offers, 'Offer', params.identifier, '.');
				const status = submissions[offer.uuid][params.submission];
				if (!status) throw new Refusal(404, `Submission ${params.submission} not found.`);
				if (offer.conversion_type !== 'action') throw new Refusal(422, 'Offer is not an Action offer');
				if (status === 'converted') throw new Refusal(422, 'Submission has already been converted');
				submissions[offer.uuid][params.submission] = 'converted';
				statistics.countWrite('conversion', params.submission);
				return jsonAnswer(200, { message: 'Conversion tracked successfully' });
			},
		},
	];
}
