import type { IDataObject } from 'n8n-workflow';

/** What answers may hold of keys and passwords (docs/vendors/activeprospect.md#secrets-in-answers). */
const SECRET_KEYS = new Set([
	'api_key',
	'keen_read_api_key',
	'keen_write_api_key',
	'password',
	'access_token',
	'refresh_token',
	'secret_access_key',
	'token',
	'webhook_url',
	'authorization',
	'proxy-authorization',
	'cookie',
]);

/** A mapping's property or a header whose value is a secret, such as `basic_password` or `X-LeadConduit-Token`. */
const SECRET_NAME = /password|token|secret|api[_-]?key|authorization|cookie/i;

/** The same among the parameters of an address. */
const SECRET_PARAMETER = /([?&][^=&#]*(?:password|token|secret|api[_-]?key)[^=&#]*=)[^&#]+/gi;

const MASK = '***';

function isSecret(key: string, holder: IDataObject, holderName: string): boolean {
	if (SECRET_KEYS.has(key.toLowerCase())) return true;
	if (holderName === 'headers') return SECRET_NAME.test(key);
	return key === 'value' && typeof holder.property === 'string' && SECRET_NAME.test(holder.property);
}

function redacted(value: unknown, name: string): unknown {
	if (Array.isArray(value)) return value.map((entry) => redacted(entry, name));
	if (typeof value === 'string')
		return /^https?:/i.test(value) ? value.replace(SECRET_PARAMETER, `$1${MASK}`) : value;
	if (typeof value !== 'object' || value === null) return value;
	const holder = value as IDataObject;
	return Object.fromEntries(
		Object.entries(holder).map(([key, inner]) => [
			key,
			isSecret(key, holder, name) && inner !== null && inner !== '' ? MASK : redacted(inner, key),
		]),
	);
}

/** A record with `***` in place of every secret in it, however deep. */
export function redact(record: IDataObject): IDataObject {
	return redacted(record, '') as IDataObject;
}
