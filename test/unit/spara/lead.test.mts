import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { leadSchema } from '../../../nodes/shared/lead/lead.ts';
import { fieldsOfLead, simplifyLead } from '../../../nodes/Spara/lead.ts';

const lead = {
	object: 'lead',
	id: 'QX7R20MB',
	created_at: '2026-02-03T08:00:00Z',
	updated_at: '2026-02-03T09:30:00Z',
	url: 'https://app.spara.co/conversations/QX7R20MB',
	data: {
		email: 'ada@example.com',
		first_name: 'Ada',
		phone_number: '+14155550123',
		num_employees: 12,
		is_customer: false,
	},
	conversation: { messages: [] },
	calls: [],
};

const SHARED = ['email', 'first_name', 'last_name', 'phone_number', 'company_name', 'job_title'];

const sharedData = fc.record(Object.fromEntries(SHARED.map((name) => [name, fc.string({ minLength: 1 })])), {
	requiredKeys: [],
});
const customData = fc.dictionary(
	fc.string({ minLength: 1 }).filter((name) => !SHARED.includes(name)),
	fc.oneof(fc.string(), fc.integer(), fc.boolean()),
);

describe('simplifyLead', () => {
	it('gives the one lead shape', () => {
		expect(simplifyLead(lead)).toEqual({
			platform: 'spara',
			id: 'QX7R20MB',
			email: 'ada@example.com',
			firstName: 'Ada',
			phone: '+14155550123',
			createdAt: '2026-02-03T08:00:00Z',
			updatedAt: '2026-02-03T09:30:00Z',
			url: 'https://app.spara.co/conversations/QX7R20MB',
			customFields: { num_employees: 12, is_customer: false },
		});
	});

	it('leaves values as Spara sends them, also where they are texts', () => {
		const { customFields } = simplifyLead({ ...lead, data: { num_employees: '50', is_customer: 'false' } });
		expect(customFields).toEqual({ num_employees: '50', is_customer: 'false' });
	});

	it.each([
		['no data', { id: 'A' }],
		['null for data', { id: 'A', data: null }],
		[
			'null for everything',
			{ id: 'A', data: { email: null }, created_at: null, updated_at: null, url: null, calls: null },
		],
	])('takes a lead with %s', (_case, sparse) => {
		expect(leadSchema.safeParse(simplifyLead(sparse as IDataObject)).success).toBe(true);
		expect(simplifyLead(sparse as IDataObject)).toEqual({ platform: 'spara', id: 'A', customFields: {} });
	});
});

describe('fieldsOfLead', () => {
	it('gives back the fields of a lead that was simplified', () => {
		fc.assert(
			fc.property(sharedData, customData, (shared, custom) => {
				const data = { ...shared, ...custom };
				const simplified = simplifyLead({ ...lead, data });
				expect(leadSchema.safeParse(simplified).success).toBe(true);
				expect(fieldsOfLead(simplified)).toEqual(data);
			}),
		);
	});

	it.each([['constructor'], ['toString'], ['__proto__'], ['hasOwnProperty']])(
		'also a custom field called %s',
		(name) => {
			const data = Object.fromEntries([[name, 'kept']]);
			expect(Object.entries(fieldsOfLead(simplifyLead({ ...lead, data })))).toEqual([[name, 'kept']]);
		},
	);

	it('leaves out what Spara sets itself, and what is empty', () => {
		const { createdAt, updatedAt, url, id } = simplifyLead(lead);
		expect(
			fieldsOfLead({
				platform: 'sparx',
				id,
				status: 'open',
				createdAt,
				updatedAt,
				url,
				email: '',
				firstName: 'Ada',
			}),
		).toEqual({
			first_name: 'Ada',
		});
	});

	it('prefers what the lead says to a custom field of the same name', () => {
		expect(
			fieldsOfLead({ email: 'new@example.com', customFields: { email: 'old@example.com', plan: 'pro' } }),
		).toEqual({
			email: 'new@example.com',
			plan: 'pro',
		});
	});
});
