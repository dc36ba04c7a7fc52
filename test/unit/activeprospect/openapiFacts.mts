import facts from './openapi.facts.json';

/** What is known about one query parameter or member of a body. */
interface Fact {
	required?: boolean;
	values?: string[];
	minimum?: number;
	maximum?: number;
}

interface OperationFacts {
	query?: Record<string, Fact>;
	/** The members by name; `lead` for a lead's fields, whose names are the account's. */
	body?: Record<string, Fact> | 'lead';
}

/** A request as the sandbox logs it: its path with the query, its body as text. */
export interface SentRequest {
	method: string;
	path: string;
	sent?: string;
}

/** Every call that is known, by method and path with `{}` for what is filled in. */
const known = Object.entries({ ...facts.openapi, ...facts.elsewhere } as Record<string, OperationFacts>).map(
	([name, operation]) => {
		const [method, template] = name.split(' ');
		const pattern = template.split('/').map((part) => (part.startsWith('{') ? '[^/]+' : part));
		return { name, method, template, pattern: new RegExp(`^${pattern.join('/')}$`), operation };
	},
);

/** A path that is known word for word goes before one with something filled in. */
function callOf({ method, path }: SentRequest) {
	const { pathname } = new URL(path, 'https://app.leadconduit.com');
	const fitting = known.filter((call) => call.method === method && call.pattern.test(pathname));
	return fitting.find(({ template }) => template === pathname) ?? fitting[0];
}

function valueFaults(name: string, value: unknown, { values, minimum, maximum }: Fact): string[] {
	const given = [value].flat().map(String);
	return [
		...given.filter((text) => values && !values.includes(text)).map((text) => `${name} may not be ${text}`),
		...given
			.filter((text) => Number(text) < (minimum ?? -Infinity) || Number(text) > (maximum ?? Infinity))
			.map((text) => `${name} is out of bounds: ${text}`),
	];
}

function memberFaults(kind: string, given: Record<string, unknown>, named: Record<string, Fact>): string[] {
	const missing = Object.keys(named).filter((name) => named[name].required && !(name in given));
	return [
		...missing.map((name) => `${kind} ${name} is missing`),
		...Object.entries(given).flatMap(([name, value]) =>
			named[name] ? valueFaults(`${kind} ${name}`, value, named[name]) : [`${kind} ${name} is not known`],
		),
	];
}

function leadFaults(lead: Record<string, unknown>): string[] {
	return Object.keys(lead)
		.filter((name) => !/^[a-z][a-z0-9_]*$/i.test(name))
		.map((name) => `${name} is no field's ID`);
}

/** How a request differs from what is known of the vendor's API; empty for one that is as it should be. */
export function faultsOf(request: SentRequest): string[] {
	const { method, path, sent } = request;
	const call = callOf(request);
	if (!call) return [`${method} ${path} is not known`];
	const { query = {}, body = {} } = call.operation;
	const { searchParams } = new URL(path, 'https://app.leadconduit.com');
	const asked = Object.fromEntries(
		[...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]),
	);
	const members = sent === undefined ? {} : (JSON.parse(sent) as Record<string, unknown>);
	return [
		...memberFaults('query', asked, query),
		...(body === 'lead' ? leadFaults(members) : memberFaults('body', members, body)),
	].map((fault) => `${call.name}: ${fault}`);
}

/** The calls that nobody made, by name. */
export function unused(requests: SentRequest[]): string[] {
	const made = new Set(requests.map((request) => callOf(request)?.name));
	return known.map(({ name }) => name).filter((name) => !made.has(name));
}
