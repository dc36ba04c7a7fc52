import type { ICredentialType } from 'n8n-workflow';
import fc from 'fast-check';
import { secretsOf, withoutSecrets } from '../../../nodes/shared/transport/secrets.ts';

const LOGIN: ICredentialType = {
	name: 'acmeApi',
	displayName: 'Acme API',
	properties: [
		{ displayName: 'User', name: 'user', type: 'string', default: '' },
		{
			displayName: 'Password',
			name: 'passphrase',
			type: 'string',
			typeOptions: { password: true },
			default: '',
		},
	],
};

describe('the secrets of a credential', () => {
	it.each([
		['hunter2', ['hunter2']],
		['correct horse', ['correct horse']],
		['lead', []],
		['secret', []],
		['referrals', ['referrals']],
		['abc', []],
		['', []],
		[undefined, []],
		[12345678, []],
	])('%p as a password gives %p', (passphrase, secrets) => {
		expect(secretsOf(LOGIN, { user: 'somebody-known', passphrase })).toEqual(secrets);
	});
});

describe('a text without secrets', () => {
	it.each([
		['bad password hunter2', ['hunter2'], 'bad password ***'],
		['user hunter22 is unknown', ['hunter2'], 'user hunter22 is unknown'],
		['"hunter2", hunter2.', ['hunter2'], '"***", ***.'],
		['the referrals of myreferrals', ['referrals'], 'the *** of myreferrals'],
		['id-sk_live_123x', ['sk_live_123'], 'id-***x'],
		['?password=p%C3%A4ss%20word', ['päss word'], '?password=***'],
		['a+b(c)[d]$ is wrong', ['a+b(c)[d]$'], '*** is wrong'],
	])('%p with %p is %p', (text, secrets, expected) => {
		expect(withoutSecrets(text, secrets)).toBe(expected);
	});

	it('holds no header of HTTP Basic, whatever the user is called', () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 30 }), (user) => {
				const encoded = Buffer.from(`${user}:hunter2!`).toString('base64');
				expect(withoutSecrets(`Authorization: Basic ${encoded} is wrong`, ['hunter2!'])).toBe(
					'Authorization: Basic *** is wrong',
				);
			}),
		);
	});

	it('is the text itself where there is no secret in it', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				expect(withoutSecrets(text, ['\u0000never\u0000 there'])).toBe(text);
			}),
		);
	});
});
