import type { IDataObject } from 'n8n-workflow';
import { redact } from '../../../nodes/ActiveProspect/redact.ts';
import { activeProspect } from '../../../nodes/ActiveProspect/vendor.ts';
import { answerSecrets, secretAnswers } from '../../../sandbox/activeprospect/secrets.mts';

const secrets = Object.values(answerSecrets);
const found = (text: string) => secrets.filter((secret) => text.includes(secret));

it('masks every secret of every answer that is nothing but secret, and keeps the rest', () => {
	for (const answer of Object.values(secretAnswers)) {
		const record = { rows: answer() } as IDataObject;
		expect(found(JSON.stringify(record))).not.toEqual([]);
		expect(found(JSON.stringify(redact(record)))).toEqual([]);
	}
	expect(redact({ rows: secretAnswers['/user']() } as IDataObject)).toEqual({
		rows: { id: '66aa10f2c0ffee0000000042', email: 'owner@shop.example', api_key: '***' },
	});
});

it('masks headers, mappings and addresses of steps, our own secret among them', () => {
	const { mapping, addressToken, stepAuthorization } = answerSecrets;
	const record = {
		mappings: [
			{ property: 'basic_password', value: mapping },
			{ property: 'header.X-Api-Key', value: mapping },
			{ property: 'url', value: `https://crm.example/in?token=${addressToken}&v=2` },
			{ property: 'json_property.state', value: '{{lead.state}}' },
		],
		transactions: [
			{
				request: {
					headers: { Authorization: stepAuthorization, 'X-LeadConduit-Token': mapping, Accept: '*/*' },
				},
			},
		],
		nothing: { password: '', token: null },
	};
	expect(redact(record)).toEqual({
		mappings: [
			{ property: 'basic_password', value: '***' },
			{ property: 'header.X-Api-Key', value: '***' },
			{ property: 'url', value: 'https://crm.example/in?token=***&v=2' },
			{ property: 'json_property.state', value: '{{lead.state}}' },
		],
		transactions: [
			{ request: { headers: { Authorization: '***', 'X-LeadConduit-Token': '***', Accept: '*/*' } } },
		],
		nothing: { password: '', token: null },
	});
});

it.each(['error', 'message', 'reason', 'errors'])('masks what a refusal repeats under %s', (member) => {
	const body = {
		[member]: { step: { mappings: [{ property: 'basic_password', value: answerSecrets.mapping }] } },
	};
	const { message } = activeProspect.readError(body, { status: 422, headers: {}, body: '' } as never);
	expect(message).toContain('basic_password');
	expect(found(message ?? '')).toEqual([]);
});
