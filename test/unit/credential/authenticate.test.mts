import { authenticateWithBasic } from '../../../nodes/shared/credential/authenticate.ts';
import { credentialTest } from '../../../nodes/shared/credential/credentialTest.ts';

describe('HTTP Basic', () => {
	const authenticate = authenticateWithBasic(({ user, password }) => ({ username: user, password }));
	const url = 'https://api.example.com/leads';

	it.each([
		['Aladdin', 'open sesame', 'QWxhZGRpbjpvcGVuIHNlc2FtZQ=='],
		['', 'kéy', 'OmvDqXk='],
		[undefined, 'key', 'OmtleQ=='],
	])('carries %p and %p as RFC 7617 says', async (user, password, expected) => {
		const { headers } = await authenticate({ user, password } as never, { url });
		expect(headers).toEqual({ Authorization: `Basic ${expected}` });
	});
});

describe('the test of a credential', () => {
	it('calls the credential what it is', () => {
		const { rules = [] } = credentialTest({
			vendor: 'Acme',
			credentialNoun: 'user name and password',
			request: { url: '/leads' },
			answerKey: 'leads',
		});
		const texts = JSON.stringify(rules);
		expect(texts).toContain('Acme did not accept the user name and password.');
		expect(texts).not.toContain('API key');
	});
});
