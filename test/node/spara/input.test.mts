import type { IDataObject } from 'n8n-workflow';
import { openSpara, VOICE_AGENT, type SparaStage } from './stage.mts';

let stage: SparaStage;
beforeAll(async () => (stage = await openSpara()));
afterAll(async () => await stage.close());
beforeEach(() => stage.sandbox.forget());

const custom = (type: string, value: unknown): IDataObject => ({
	customFields: { field: [{ name: 'seats', type, [type]: value }] } as IDataObject,
});

/** Operation, parameters, and what the message must say. The second of the two items is the bad one. */
const badInput: Array<[string, string, IDataObject, string]> = [
	['a missing ID', 'get', { leadId: '={{ $json.bad ? "" : "QX7R20MB" }}' }, '"Lead" is missing'],
	['an ID of blanks', 'get', { leadId: '={{ $json.bad ? "  " : "QX7R20MB" }}' }, '"Lead" must be an ID'],
	[
		'an ID that climbs',
		'get',
		{ leadId: '={{ $json.bad ? "../accounts" : "QX7R20MB" }}' },
		'"Lead" must be an ID',
	],
	[
		'an ID with a slash',
		'update',
		{ leadId: '={{ $json.bad ? "a/b" : "QX7R20MB" }}', leadFields: { email: 'a@b.example' } },
		'"Lead" must be an ID',
	],
	[
		'an object as ID',
		'get',
		{ leadId: '={{ $json.bad ? {} : "QX7R20MB" }}' },
		'"Lead" must be a text, but is {}',
	],
	[
		'a text in a number field',
		'create',
		{ leadFields: { num_employees: '={{ $json.bad ? "100" : 100 }}' } },
		'"Number of Employees" must be a number, but is the text "100"',
	],
	[
		'a broken number',
		'create',
		{ leadFields: { num_employees: '={{ $json.bad ? 1.5 : 1 }}' } },
		'"Number of Employees" must be a whole number',
	],
	[
		'a number in a text field',
		'create',
		{ leadFields: { email: '={{ $json.bad ? 5 : "a@b.example" }}' } },
		'"Email" must be a text, but is 5',
	],
	[
		'a text in a custom whole number',
		'create',
		custom('integer', '={{ $json.bad ? "7" : 7 }}'),
		'"Custom Fields 1 > Value" must be a number, but is the text "7"',
	],
	[
		'a text in a custom boolean',
		'create',
		custom('boolean', '={{ $json.bad ? "true" : true }}'),
		'"Custom Fields 1 > Value" must be true or false, but is the text "true"',
	],
	[
		'malformed JSON',
		'create',
		{ leadData: 'json', fieldsJson: '={{ $json.bad ? "{ email: }" : "{}" }}' },
		'"Fields (JSON)" is not valid JSON',
	],
	[
		'a list as JSON',
		'create',
		{ leadData: 'json', fieldsJson: '={{ $json.bad ? "[1]" : "{}" }}' },
		'"Fields (JSON)" must be an object, but is [1]',
	],
	[
		'a nested value in JSON',
		'create',
		{ leadData: 'json', fieldsJson: '={{ { tags: $json.bad ? ["a"] : "a" } }}' },
		'"Fields (JSON) > tags" must be a text, a whole number, or true or false',
	],
	[
		'something else than a lead',
		'create',
		{ leadData: 'lead', lead: '={{ $json.bad ? { colour: "red" } : { email: "a@b.example" } }}' },
		'"Lead" must be a simplified lead',
	],
	[
		'a bad date',
		'search',
		{ filters: { start: '={{ $json.bad ? "yesterday-ish" : "2026-01-01" }}' } },
		'"Start Date" must be a date, but is "yesterday-ish"',
	],
	[
		'an unknown call mode',
		'call',
		{ leadId: 'QX7R20MB', voiceAgentId: VOICE_AGENT, callMode: '={{ $json.bad ? "loud" : "qa" }}' },
		'"Call Mode"',
	],
	['a limit of nothing', 'search', { limit: '={{ $json.bad ? 0 : 1 }}' }, '"Limit" must be 1 or more'],
];

describe('bad input', () => {
	it.each(badInput)(
		'names field and item and sends nothing: %s',
		async (_name, operation, parameters, message) => {
			const { error, items } = await stage.lead(operation, parameters, { items: [{}, { bad: true }] });
			expect(error?.message).toContain(message);
			expect(error?.context?.itemIndex).toBe(1);
			expect(error?.description).toContain('Nothing was sent');
			expect(items).toEqual([]);
			expect(stage.sandbox.statistics().requests).toBe(0);
		},
	);

	it('fails only its own item when the node goes on', async () => {
		const email = stage.sandbox.leads()[0].data.email ?? '';
		const { items, linkedInputs } = await stage.lead(
			'upsert',
			{ matchEmail: '={{ $json.email }}' },
			{ items: [{ email: '' }, { email }], settings: { onError: 'continueRegularOutput' } },
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(items[0].json).toMatchObject({ error: '"Email to Match" is missing' });
		expect(items[1].json).toMatchObject({ email, created: false });
		expect(linkedInputs).toEqual([{ email: '' }, { email }]);
	});

	it.each([
		['http://api.example.com/v1', 'must start with https://'],
		['https://user:pass@api.example.com', 'must be a plain address'],
		['not an address', 'is not a URL'],
	])('refuses the base URL %s', async (baseUrl, message) => {
		const { error } = await stage.lead('get', { leadId: 'QX7R20MB' }, { credential: { baseUrl } });
		expect(error?.message).toContain(`The Base URL of the credential ${message}`);
		expect(stage.sandbox.statistics().requests).toBe(0);
	});
});
