import { NodeApiError } from 'n8n-workflow';
import { detailsOf, nodeError } from '../../../nodes/shared/transport/errors.ts';
import { RefusedError } from '../../../nodes/shared/transport/requestError.ts';
import { node, vendor } from './vendorExample.mts';

const source = { node, vendor, secrets: ['top-secret'], action: 'Create leads', itemIndex: 4 };

describe('what a vendor refuses inside a good answer', () => {
	it('reads like any refusal: its words, the way out, code and request ID, and the item', () => {
		const refused = new RefusedError(
			{ message: 'already present', code: 'duplicate', requestId: 'req-9' },
			'Leave it.',
		);
		const error = nodeError(refused, source);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe('Acme did not accept this item: already present');
		expect(error.description).toBe('Leave it. (code duplicate, request ID req-9)');
		expect(error.context.itemIndex).toBe(4);
		expect(detailsOf(error)).toEqual({ code: 'duplicate', requestId: 'req-9' });
	});

	it('does without words, and shows no secret', () => {
		expect(nodeError(new RefusedError({}), source)).toMatchObject({
			message: 'Acme did not accept this item',
			description: 'Check the values of this item.',
		});
		expect(nodeError(new RefusedError({ message: 'no top-secret here' }), source).message).not.toContain(
			'top-secret',
		);
	});
});
