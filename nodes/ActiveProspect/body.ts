import type { IDataObject } from 'n8n-workflow';
import type { Delivery } from '../shared/webhook/events';
import { parseObject } from '../shared/webhook/receive';
import { nestedFields } from './lead';
import { parseXml } from './xml';

function parseForm(text: string): IDataObject | undefined {
	const form = new URLSearchParams(text);
	const names = Array.from(new Set(form.keys()));
	if (names.length === 0) return undefined;
	return nestedFields(
		Object.fromEntries(
			names.map((name) => {
				const values = form.getAll(name);
				return [name, values.length > 1 ? values : values[0]];
			}),
		),
	);
}

/**
 * The body of a recipient step: JSON, a form or XML (docs/vendors/activeprospect.md#recipient-steps). What is not
 * announced as one of the last two is read as JSON.
 */
export function parseBody({ rawBody, headers }: Delivery): IDataObject | undefined {
	const type = String(headers['content-type'] ?? '').toLowerCase();
	if (type.includes('x-www-form-urlencoded')) return parseForm(rawBody.toString('utf8'));
	if (type.includes('xml')) {
		const fields = parseXml(rawBody.toString('utf8'));
		return fields && nestedFields(fields);
	}
	return parseObject(rawBody);
}
