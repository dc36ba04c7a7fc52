import { compactLead, leadSchema, writableLeadSchema, type Lead } from '../../../nodes/shared/lead/lead.ts';

const whole: Lead = {
	platform: 'spara',
	id: 'QX7R20MB',
	email: 'ada@example.com',
	firstName: 'Ada',
	lastName: 'Lovelace',
	phone: '+14155550123',
	company: 'Analytical Engines',
	jobTitle: 'Head of Sales',
	status: 'open',
	createdAt: '2026-02-03T08:00:00Z',
	updatedAt: '2026-02-03T09:30:00Z',
	url: 'https://app.spara.co/conversations/QX7R20MB',
	customFields: { num_employees: 12, is_customer: false, plan: null },
};

describe('compactLead', () => {
	it('leaves a whole lead as it is', () => {
		expect(compactLead(whole)).toEqual(whole);
	});

	it('leaves out what is unknown, but nothing of the custom fields', () => {
		const lead = { ...whole, email: undefined, firstName: '', lastName: null as unknown as string };
		const names = Object.keys(whole).filter((name) => !['email', 'firstName', 'lastName'].includes(name));
		expect(Object.keys(compactLead(lead))).toEqual(names);
		expect(compactLead(lead).customFields).toEqual(whole.customFields);
	});
});

describe('the schema of a lead', () => {
	it('takes a whole lead, and one of which only platform and ID are known', () => {
		expect(leadSchema.parse(whole)).toEqual(whole);
		expect(leadSchema.parse({ platform: 'spara', id: 'A' })).toEqual({
			platform: 'spara',
			id: 'A',
			customFields: {},
		});
	});

	it.each([['platform'], ['id']])('insists on %s', (name) => {
		expect(leadSchema.safeParse({ ...whole, [name]: undefined }).success).toBe(false);
	});

	it('refuses a number for a text', () => {
		expect(leadSchema.safeParse({ ...whole, phone: 14155550123 }).success).toBe(false);
	});

	it('says what every field means that does not say it by its name', () => {
		const described = Object.entries(leadSchema.shape).filter(([, schema]) => schema.description);
		expect(described.map(([name]) => name)).toEqual(
			expect.arrayContaining([
				'platform',
				'id',
				'phone',
				'company',
				'status',
				'createdAt',
				'updatedAt',
				'url',
				'customFields',
			]),
		);
	});

	it('for writing insists on nothing', () => {
		expect(writableLeadSchema.parse({ email: 'ada@example.com' })).toMatchObject({
			email: 'ada@example.com',
		});
	});
});
