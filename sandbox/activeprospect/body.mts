import { Refusal } from '../refusal.mts';
import type { VendorRequest } from '../vendor.mts';

export type Fields = Record<string, unknown>;

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function readXml(text: string): Fields {
	const [, inner] = /^\s*(?:<\?xml[^>]*\?>)?\s*<[\w.]+>([\s\S]*)<\/[\w.]+>\s*$/.exec(text) ?? [];
	if (inner === undefined) throw new Refusal(400, 'Body does not contain XML or XML is unparseable');
	return Object.fromEntries(
		[...inner.matchAll(/<([\w.]+)>([^<]*)<\/\1>/g)].map(([, name, value]) => [
			name,
			value.replace(/&(\w+);/g, (whole, entity: string) => entities[entity] ?? whole),
		]),
	);
}

/** `company.name` becomes `{company: {name}}`; repeated keys are lists already. */
function unflatten(flat: Fields): Fields {
	const nested: Fields = {};
	for (const [key, value] of Object.entries(flat)) {
		const path = key.split('.');
		const last = path.pop() as string;
		let place = nested;
		for (const part of path) place = (place[part] ??= {}) as Fields;
		place[last] = value;
	}
	return nested;
}

function readForm(text: string): Fields {
	const form = new URLSearchParams(text);
	return Object.fromEntries(
		[...new Set(form.keys())].map((key) => {
			const values = form.getAll(key);
			return [key, values.length > 1 ? values : values[0]];
		}),
	);
}

/**
 * The fields of a submission: a form, JSON or XML, flat and without a wrapper; the query's win
 * (docs/vendors/activeprospect.md#submit).
 */
export function fieldsOf({ body, headers, query }: VendorRequest): Fields {
	const type = String(headers['content-type'] ?? '').split(';')[0];
	const accept = String(headers.accept ?? '*/*');
	if (!/json|\*|xml/.test(accept))
		throw new Refusal(406, 'Not capable of generating content according to the Accept header');
	const read = (): Fields => {
		if (body === undefined) return {};
		if (type === '') throw new Refusal(415, 'Content-Type header is required');
		if (type === 'application/json') {
			if (typeof body !== 'object' || body === null || Array.isArray(body))
				throw new Refusal(400, 'Body does not contain JSON or JSON is unparseable');
			return body as Fields;
		}
		if (type === 'application/x-www-form-urlencoded') return unflatten(readForm(String(body)));
		if (type === 'application/xml' || type === 'text/xml') return readXml(String(body));
		throw new Refusal(406, `MIME type in Content-Type header is not supported: ${type}`);
	};
	return { ...read(), ...unflatten(query) };
}
