import { UserError, type ICredentialDataDecryptedObject, type IHttpRequestOptions } from 'n8n-workflow';
import { attempt } from '../attempt';
import { checkedAddress } from '../transport/address';

/** A credential's `authenticate`, in the form that needs no expression. */
export type Authenticate = (
	credential: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;

/**
 * The whole address of a request. n8n's older helper, which the HTTP Request node uses, calls it `uri`, and joins the
 * base URL to an address that is not whole by itself.
 */
function addressOf({ baseURL = '', url, uri }: IHttpRequestOptions & { uri?: string }): string {
	const address = String(url || uri || '');
	return attempt(() => new URL(address)).ok ? address : `${baseURL}${address}`;
}

/**
 * Adds the headers that prove who is asking, whoever sends the request: this package's nodes, the credential test or
 * n8n's HTTP Request node. A function in place of expressions, because n8n takes the context that expressions need
 * away from a poll as soon as a later poll of the same workflow has ended.
 * @param headersOf the headers of a decrypted credential
 * @returns a function that throws UserError, with nothing sent, for an address to which the credential must not go;
 * all is in its message, since n8n's credential test shows nothing else
 */
export function authenticateWith(
	headersOf: (credential: ICredentialDataDecryptedObject) => Record<string, string>,
): Authenticate {
	return async (credential, request) => {
		const checked = attempt(() => checkedAddress(addressOf(request)));
		if (!checked.ok) {
			const { message, description } = checked.error as UserError;
			throw new UserError(`${message}. ${description ?? ''}`);
		}
		return { ...request, headers: { ...request.headers, ...headersOf(credential) } };
	};
}

/** An API key as a bearer token. */
export const authenticateWithBearer = authenticateWith(({ apiKey }) => ({
	Authorization: `Bearer ${String(apiKey ?? '')}`,
}));

/**
 * A user name and a password as HTTP Basic (RFC 7617).
 * @param loginOf where a decrypted credential has them
 */
export function authenticateWithBasic(
	loginOf: (credential: ICredentialDataDecryptedObject) => { username: unknown; password: unknown },
): Authenticate {
	return authenticateWith((credential) => {
		const { username, password } = loginOf(credential);
		const login = `${String(username ?? '')}:${String(password ?? '')}`;
		return { Authorization: `Basic ${Buffer.from(login).toString('base64')}` };
	});
}
