import { NodeOperationError, type INode } from 'n8n-workflow';
import { sentences } from '../../../nodes/shared/data/sentences';
import { failedItem } from '../../../nodes/shared/operation/failedItem';
import { apiError } from '../../../nodes/shared/transport/errors';
import { RequestError } from '../../../nodes/shared/transport/requestError';
import { secretsOf } from '../../../nodes/shared/transport/secrets';
import { vendor } from './vendorExample.mts';

const node = {
	name: 'Acme',
	type: 'acme',
	typeVersion: 1,
	id: '1',
	position: [0, 0],
	parameters: {},
} as INode;

/** The secrets of a credential whose key this is. */
const keyOf = (apiKey: string) => {
	const property = { displayName: 'API Key', name: 'apiKey', type: 'string' as const, default: '' };
	const properties = [{ ...property, typeOptions: { password: true } }];
	return secretsOf({ name: 'acmeApi', displayName: 'Acme API', properties }, { apiKey });
};

/** The error of an answer with this message, as the node gives it. */
function refused(message: string, { status = 422, secrets = [] as string[], safety = 'safe' as const } = {}) {
	const response = { status, headers: {}, body: JSON.stringify({ message }) };
	const outcome = status >= 500 ? 'ambiguous' : 'failed';
	return apiError(new RequestError({ outcome, safety, response, attempts: 1 }), {
		node,
		vendor,
		secrets,
		action: 'Create lead',
	});
}

describe("a vendor's message", () => {
	it.each(['Unexpected token <EOF> at line 1', 'Write to <your@mail> first', 'a < b and b > c', '<EOF>'])(
		'is no web page for its angle brackets: %s',
		(message) => {
			expect(refused(message).message).toBe(`Acme did not accept the request: ${message}`);
		},
	);

	it.each([
		['The phone is wrong.', 'The phone is wrong'],
		['The phone is wrong. ', 'The phone is wrong'],
		['Really?', 'Really?'],
		['Wait...', 'Wait...'],
	])('ends once: %s', (message, shown) => {
		expect(refused(message).message).toBe(`Acme did not accept the request: ${shown}`);
	});

	it('keeps its words where the key is one of them', () => {
		expect(refused('No such lead', { secrets: keyOf('lead') }).message).toContain('No such lead');
	});

	it.each(['hunter2', 'k-95', 'abcdefgh'])('does not show the secret %s', (secret) => {
		expect(refused(`bad password ${secret}`, { secrets: keyOf(secret) }).message).toBe(
			'Acme did not accept the request: bad password ***',
		);
	});
});

it('our own words stay whole where the key is one of them', () => {
	const { message, description } = refused('no', { status: 401, secrets: ['credential', 'Acme-API'] });
	expect(message).toBe('Acme did not accept the API key: no');
	expect(description).toContain('Check the API key in the credential "Acme API"');
});

it.each([
	[['One.', 'Two'], 'One. Two'],
	[['One', 'Two.'], 'One. Two.'],
	[['One?', 'Two'], 'One? Two'],
	[['One', undefined], 'One'],
	[['', 'Two'], 'Two'],
])('sentences %j', (texts, joined) => {
	expect(sentences(...texts)).toBe(joined);
});

it('a failed item says one sentence after another', () => {
	const error = new NodeOperationError(node, 'Acme said: No.', { description: 'Try again.' });
	expect(failedItem(error, node).message).toBe('Acme said: No. Try again.');
});
