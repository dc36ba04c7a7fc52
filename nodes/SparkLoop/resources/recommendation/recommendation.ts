import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation, type Operation } from '../../../shared/operation/operation';
import { simplifyRecommendation } from '../../simplify';
import { locator, upscribe } from '../../entities';
import { part } from '../../apiFields';

export const recommendationId = locator(
	'Recommendation',
	'recommendationId',
	'searchRecommendations',
	'partner_campaign_1a2b3c',
);

const input = z.object({ upscribeId: id, recommendationId: id });

export type RecommendationInput = z.infer<typeof input>;

export const recommendationInput = input.shape;

/** The path of one recommendation, below the base URL. */
export function recommendationPath({
	upscribeId,
	recommendationId: recommendation,
}: RecommendationInput): string[] {
	return ['upscribes', upscribeId, 'recommendations', recommendation];
}

/** Pin, unpin, pause and unpause are alike: a PUT without a body (docs/vendors/sparkloop.md#upscribes). */
export function switching(value: string, name: string, description: string): Operation {
	return operation<RecommendationInput>({
		name,
		value,
		action: `${name} recommendation`,
		description,
		fields: [upscribe.id, recommendationId],
		input,
		safety: 'idempotent',
		orderingKey: (given) => given.recommendationId,
		request: (given) => ({ method: 'PUT', path: [...recommendationPath(given), value] }),
		output: (answer) => part(answer, 'recommendation'),
		simplify: simplifyRecommendation,
	});
}
