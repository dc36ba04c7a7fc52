import type { IDataObject } from 'n8n-workflow';
import type { RequestOperation } from '../../../nodes/shared/operation/operation.ts';
import { readInput } from '../../../nodes/shared/operation/input.ts';
import { leadDataFields, leadDataInput, leadDataOf } from '../../../nodes/Spara/resources/lead/leadData.ts';
import { z } from 'zod';
import { contextWith } from '../operation/parameters.mts';

type Input = Parameters<typeof leadDataOf>[0];

const create: RequestOperation<Input> = {
	name: 'Create',
	value: 'create',
	action: 'Create lead',
	description: 'Takes the data of a lead',
	fields: leadDataFields,
	input: z.object(leadDataInput),
	safety: 'nonIdempotent',
	request: (input) => ({ method: 'POST', path: ['leads'], body: leadDataOf(input) }),
};

/** What would be sent for the parameters of one item. */
const bodyOf = (values: IDataObject): unknown =>
	leadDataOf(readInput(contextWith([values]), create, 0).input);

const custom = (...field: IDataObject[]): IDataObject => ({ leadData: 'fields', customFields: { field } });

describe('field by field', () => {
	it('sends the flat object that Spara expects, with the types as they were given', () => {
		const values = {
			leadData: 'fields',
			leadFields: { email: 'ada@example.com', first_name: '', num_employees: 0 },
			customFields: {
				field: [
					{ name: ' plan_name ', type: 'text', text: '100' },
					{ name: 'seats', type: 'integer', integer: 100 },
					{ name: 'is_customer', type: 'boolean', boolean: false },
				],
			},
		};
		expect(bodyOf(values)).toEqual({
			email: 'ada@example.com',
			num_employees: 0,
			plan_name: '100',
			seats: 100,
			is_customer: false,
		});
	});

	it('sends nothing where nothing was given', () => {
		expect(bodyOf({})).toEqual({});
		expect(bodyOf({ leadData: 'fields', leadFields: {}, customFields: {} })).toEqual({});
	});

	it.each([
		[
			'a text for a number',
			{ leadFields: { num_employees: '100' } },
			'"Number of Employees" must be a number, but is the text "100"',
		],
		['a fraction', { leadFields: { num_employees: 1.5 } }, '"Number of Employees" must be a whole number'],
		[
			'a number for a text',
			{ leadFields: { phone_number: 14155550123 } },
			'"Phone Number" must be a text, but is 14155550123',
		],
		[
			'a custom text for a number',
			custom({ name: 'seats', type: 'integer', integer: '5' }),
			'"Custom Fields 1 > Value" must be a number, but is the text "5"',
		],
		[
			'a custom text for a boolean',
			custom({ name: 'a', type: 'text', text: 'b' }, { name: 'vip', type: 'boolean', boolean: 'true' }),
			'"Custom Fields 2 > Value" must be true or false, but is the text "true"',
		],
		['no name', custom({ name: '', type: 'text', text: 'b' }), '"Custom Fields 1 > Name" is missing'],
		[
			'a blank name',
			custom({ name: ' ', type: 'text', text: 'b' }),
			'"Custom Fields 1 > Name" must not be empty',
		],
		['no value', custom({ name: 'a', type: 'integer' }), '"Custom Fields 1 > Value" is missing'],
	])('refuses %s', (_case, values, message) => {
		expect(() => bodyOf(values as IDataObject)).toThrow(message);
	});
});

describe('as a lead of any platform', () => {
	it('sends what Spara can hold of it', () => {
		const lead = {
			platform: 'sparx',
			id: '42',
			status: 'open',
			createdAt: '2026-02-03T08:00:00Z',
			email: 'ada@example.com',
			company: 'Analytical Engines',
			customFields: { plan_name: 'pro', seats: 5, is_customer: true },
		};
		const fields = {
			email: 'ada@example.com',
			company_name: 'Analytical Engines',
			plan_name: 'pro',
			seats: '5',
			is_customer: true,
		};
		expect(bodyOf({ leadData: 'lead', lead })).toEqual(fields);
		expect(bodyOf({ leadData: 'lead', lead: JSON.stringify(lead) })).toEqual(fields);
	});

	it.each([
		[
			'something that is no lead',
			{ body: { email: 'ada@example.com' } },
			'"Lead" must be a simplified lead, but has neither email',
		],
		['a list for a text', { email: ['a'] }, '"Lead > email" must be a text, but is ["a"]'],
		['custom fields that are none', { customFields: ['a'] }, '"Lead > customFields" must be an object'],
		['a text that is no JSON', 'ada@example.com', '"Lead" is not valid JSON'],
	])('refuses %s', (_case, lead, message) => {
		expect(() => bodyOf({ leadData: 'lead', lead: lead as IDataObject })).toThrow(message);
	});

	it.each([
		['a list', ['a', 'b'], 'a, b'],
		['records', [{ a: 1 }], '[{"a":1}]'],
		['a record', { a: 1 }, '{"a":1}'],
		['a fraction', 1.5, '1.5'],
		['an empty list', [], undefined],
		['an empty record', {}, undefined],
	])('sends %s as a text, or not at all', (_case, tags, sent) => {
		const body = bodyOf({ leadData: 'lead', lead: { firstName: 'Ada', customFields: { tags } } });
		expect(body).toEqual({ first_name: 'Ada', ...(sent === undefined ? {} : { tags: sent }) });
	});

	it('keeps whole numbers of Spara, and sends those of others as texts, since the first value decides the type', () => {
		const lead = (platform?: string) => ({
			platform,
			firstName: 'Ada',
			customFields: { seats: 5, num_employees: '12' },
		});
		const sent = (platform?: string) => bodyOf({ leadData: 'lead', lead: lead(platform) as IDataObject });
		expect(sent()).toEqual({ first_name: 'Ada', seats: 5, num_employees: 12 });
		expect(sent('spara')).toEqual({ first_name: 'Ada', seats: 5, num_employees: 12 });
		expect(sent('sparx')).toEqual({ first_name: 'Ada', seats: '5', num_employees: 12 });
	});

	it('takes a number for a text, as spreadsheets give phones', () => {
		expect(bodyOf({ leadData: 'lead', lead: { phone: 15125550142 } })).toEqual({
			phone_number: '15125550142',
		});
	});

	it('leaves out what Spara does not let anybody write', () => {
		const customFields = { ip_address: '127.0.0.1', url: 'https://a.example', plan: 'pro' };
		expect(bodyOf({ leadData: 'lead', lead: { customFields } })).toEqual({ plan: 'pro' });
	});

	it('leaves out what is null, as databases give it', () => {
		const lead = { email: 'ada@example.com', phone: null, customFields: { plan_name: null } };
		expect(bodyOf({ leadData: 'lead', lead: lead as unknown as IDataObject })).toEqual({
			email: 'ada@example.com',
		});
	});
});

describe('as JSON', () => {
	it('sends it as it is', () => {
		const fields = { email: 'ada@example.com', num_employees: 12, is_customer: false, note: '' };
		expect(bodyOf({ leadData: 'json', fieldsJson: fields })).toEqual(fields);
		expect(bodyOf({ leadData: 'json', fieldsJson: JSON.stringify(fields) })).toEqual(fields);
	});

	it.each([
		[
			'a fraction',
			'{ "score": 1.5 }',
			'"Fields (JSON) > score" must be a text, a whole number, or true or false',
		],
		['a list', '{ "tags": [] }', '"Fields (JSON) > tags" must be a text, a whole number, or true or false'],
		['null', '{ "email": null }', '"Fields (JSON) > email" must be a text, a whole number, or true or false'],
		['no object', '[]', '"Fields (JSON)" must be an object, but is []'],
		['malformed JSON', '{ email }', '"Fields (JSON)" is not valid JSON'],
	])('refuses %s', (_case, fieldsJson, message) => {
		expect(() => bodyOf({ leadData: 'json', fieldsJson })).toThrow(message);
	});
});
