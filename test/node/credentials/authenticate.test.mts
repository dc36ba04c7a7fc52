import { UserError, type ICredentialType, type IHttpRequestOptions } from 'n8n-workflow';
import { classIn, manifest, sourceOf } from '../../conformance/rooms.mts';
import { credentialsHelper } from '../engine/credentials.mts';

/** Every credential type that the package ships. */
const credentialTypes = manifest.n8n.credentials.map((listed) => {
	const CredentialType = classIn<ICredentialType>(sourceOf(listed)) as new () => ICredentialType;
	return new CredentialType();
});

const SECRET = 'a-key-that-nobody-may-see';

/** Fields filled in: every secret with the same text, so that it is found wherever it is put. */
const filledIn = ({ properties }: ICredentialType) =>
	Object.fromEntries(
		properties
			.filter(({ type }) => type === 'string')
			.map(({ name, typeOptions }) => [name, typeOptions?.password ? SECRET : 'x']),
	);

describe.each(credentialTypes.map((type) => [type.name, type] as const))('%s', (name, type) => {
	/** Without workflow and node there is nothing in which n8n could evaluate an expression. */
	const authenticate = async (request: IHttpRequestOptions & { uri?: string }) =>
		await credentialsHelper({ [name]: filledIn(type) }, [type]).authenticate(
			filledIn(type),
			name,
			request,
			undefined as never,
			undefined as never,
		);

	it('proves who is asking without an expression', async () => {
		const { headers } = await authenticate({
			url: 'https://api.example.com/v1/leads',
			headers: { accept: 'x' },
		});
		const sent = Object.values(headers ?? {}).join(' ');
		const decoded = sent.replace(/Basic (\S+)/, (_, code: string) => Buffer.from(code, 'base64').toString());
		expect(decoded).toContain(SECRET);
		expect(headers).toMatchObject({ accept: 'x' });
	});

	it.each([
		[{ url: 'http://api.example.com/v1/leads' }, 'must start with https://'],
		[{ baseURL: 'http://api.example.com/v1', url: '/leads' }, 'must start with https://'],
		[{ url: 'http://127.0.0.1.example.com/leads' }, 'must start with https://'],
		[{ url: 'http://192.0.2.1:4010/leads' }, 'must start with https://'],
		[{ url: 'ftp://localhost/leads' }, 'must start with https://'],
		[{ url: '', uri: 'http://api.example.com/leads' }, 'must start with https://'],
		[{ baseURL: '', url: '/leads' }, 'is not a URL'],
		[{ baseURL: 'api.example.com', url: '/leads' }, 'is not a URL'],
	])('goes nowhere with %j, and the message says it all', async (request, words) => {
		const refusal = await authenticate(request).catch((error: unknown) => error);
		expect(refusal).toBeInstanceOf(UserError);
		expect((refusal as UserError).message).toMatch(
			new RegExp(`^The Base URL of the credential ${words}\\. \\w.*\\.$`),
		);
		expect((refusal as UserError).message).not.toContain(SECRET);
	});

	it.each([
		'http://localhost:4010/x',
		'http://127.0.0.1:4010/x',
		'http://[::1]:4010/x',
		'HTTPS://API.EXAMPLE.COM',
	])('goes to %s', async (url) => {
		await expect(authenticate({ url })).resolves.toMatchObject({ url });
	});

	it('is tested without following a redirect, and with words for every refusal', () => {
		const { test } = type;
		expect(test?.request).toMatchObject({ disableFollowRedirect: true });
		const words = new Map(
			test?.rules?.map(({ type: kind, properties }) => [
				kind === 'responseCode' ? (properties as { value: unknown }).value : 'body',
				properties.message,
			]),
		);
		for (const status of [301, 302, 307, 308, 400, 401, 402, 403, 404, 429, 500, 502, 503, 'body'])
			expect(words.get(status)).toMatch(/^[A-Z].{30,}\.$/);
	});
});
