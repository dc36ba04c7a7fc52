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

/** The property of a mapping whose value is a secret, such as `basic_password` or `header.Authorization`. */
const SECRET_PROPERTY = /password|token|secret|api_?key|authorization/i;

const MASK = '***';

function isSecret(key: string, holder: IDataObject): boolean {
	if (SECRET_KEYS.has(key.toLowerCase())) return true;
	return key === 'value' && typeof holder.property === 'string' && SECRET_PROPERTY.test(holder.property);
}

function redacted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(redacted);
	if (typeof value !== 'object' || value === null) return value;
	const holder = value as IDataObject;
	return Object.fromEntries(
		Object.entries(holder).map(([key, inner]) => [
			key,
			isSecret(key, holder) && inner !== null && inner !== '' ? MASK : redacted(inner),
		]),
	);
}

/** A record with `***` in place of every secret in it, however deep. */
export function redact(record: IDataObject): IDataObject {
	return redacted(record) as IDataObject;
}
