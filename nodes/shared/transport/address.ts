import { UserError } from 'n8n-workflow';
import { attempt } from '../attempt';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Reads an address that a credential may be sent to: https, or http on this machine only.
 * @throws UserError that says what is wrong with it; it speaks of the Base URL, where every address comes from
 */
export function checkedAddress(address: string): URL {
	const parsed = attempt(() => new URL(address));
	if (!parsed.ok) {
		throw new UserError('The Base URL of the credential is not a URL', {
			description: 'Enter a full address such as https://api.example.com/v1.',
		});
	}
	const url = parsed.value;
	const isLoopback = LOOPBACK.includes(url.hostname);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
		throw new UserError('The Base URL of the credential must start with https://', {
			description:
				'Plain http:// would show what the credential holds to the network. It is allowed for localhost only.',
		});
	}
	return url;
}

/**
 * Checks a base URL: https, or http on this machine only; no user name, password, query or fragment in it.
 * @returns the URL without a trailing slash.
 * @throws UserError that says what is wrong with it.
 */
export function checkedBaseUrl(baseUrl: string): string {
	const url = checkedAddress(baseUrl);
	if (url.username || url.password || url.search || url.hash) {
		throw new UserError('The Base URL of the credential must be a plain address', {
			description: 'Remove the user name, password, query (?) or fragment (#) from it.',
		});
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** Whether a value can stand as one segment of a path: not empty, and no step to another folder. */
export function isPathSegment(value: string): boolean {
	const isText = attempt(() => encodeURIComponent(value)).ok;
	return isText && value.trim() !== '' && value !== '.' && value !== '..' && !/[/\\]/.test(value);
}

/**
 * Joins a checked base URL and path segments, each percent-encoded on its own.
 * @throws UserError when a segment is empty or would leave its place in the path.
 */
export function joinUrl(baseUrl: string, segments: string[]): string {
	for (const segment of segments) {
		if (!isPathSegment(segment)) throw new UserError(`"${segment}" cannot be part of an address`);
	}
	return [baseUrl, ...segments.map(encodeURIComponent)].join('/');
}
