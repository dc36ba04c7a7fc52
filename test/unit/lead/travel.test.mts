import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import {
	fieldsOfLead as fieldsForActiveProspect,
	nestedFields,
	simplifyEvent,
	simplifyHit,
} from '../../../nodes/ActiveProspect/lead.ts';
import { fieldsOfLead as fieldsForLeadConduit } from '../../../nodes/LeadConduit/lead.ts';
import { contactOfLead } from '../../../nodes/Leadiosa/lead.ts';
import { simplifyLead as simplifySpara, fieldsOfLead as fieldsForSpara } from '../../../nodes/Spara/lead.ts';
import { fieldsOfLead as fieldsForSparkLoop } from '../../../nodes/SparkLoop/lead.ts';
import { simplifyCustomer, fieldsOfLead as fieldsForSparx } from '../../../nodes/Sparx/lead.ts';
import { leadSchema, writableLeadSchema, type WritableLead } from '../../../nodes/shared/lead/lead.ts';
import { fieldTypeOf } from '../../../sandbox/spara/fields.mts';

/** What databases, models and other platforms put into fields of their own. */
const anything = fc.oneof(
	fc.constantFrom(null, '', [], {}, 0, 1.5, -0, 1e21, true, false, '12', ['a', 'b'], [null], [{ a: [1] }]),
	fc.jsonValue({ maxDepth: 3 }),
);
const customFields = fc.dictionary(
	fc.oneof(
		fc.constantFrom(
			'tags',
			'metadata',
			'num_employees',
			'ip_address',
			'email',
			'salesforce_account_id',
			'country_code',
		),
		fc.string({ minLength: 1, maxLength: 12 }),
	),
	anything,
	{ maxKeys: 8 },
);
const text = fc.option(fc.oneof(fc.string({ maxLength: 30 }), fc.integer()), { nil: null });

/** A simplified lead as it may have become on its way through a workflow. */
const lead = fc
	.record(
		{
			platform: fc.constantFrom('activeprospect', 'leadconduit', 'leadiosa', 'spara', 'sparkloop', 'sparx'),
			id: fc.oneof(fc.string(), fc.integer()),
			email: text,
			firstName: text,
			lastName: text,
			phone: text,
			company: text,
			jobTitle: text,
			status: text,
			createdAt: text,
			updatedAt: text,
			url: text,
			customFields: fc.option(customFields, { nil: null }),
		},
		{ requiredKeys: [] },
	)
	.map((given) => JSON.parse(JSON.stringify(given)) as IDataObject);

const values = (body: object): unknown[] => Object.values(body);

it('is read, whatever it holds, and written in types that each platform takes', () => {
	fc.assert(
		fc.property(lead, (given) => {
			const read = writableLeadSchema.parse(given) as WritableLead;

			for (const [name, value] of Object.entries(fieldsForSpara(read))) {
				expect([name, fieldTypeOf(value)]).toEqual([name, expect.any(String)]);
				if (name === 'num_employees') expect(value).toBeGreaterThanOrEqual(0);
				expect(['ip_address', 'id', 'url']).not.toContain(name);
			}
			for (const value of values(fieldsForLeadConduit(read)))
				expect(['string', 'number', 'boolean']).toContain(typeof value);
			const forActiveProspect = fieldsForActiveProspect(read);
			for (const value of values(forActiveProspect))
				expect(['string', 'number', 'boolean']).toContain(typeof value);
			// Dots in names become levels; nothing of the prototype is ever touched.
			expect(JSON.parse(JSON.stringify(nestedFields(forActiveProspect)))).toEqual(expect.any(Object));
			expect(({} as IDataObject).polluted).toBeUndefined();
			for (const value of values(fieldsForSparkLoop(read))) expect(value).toEqual(expect.any(String));
			const { attributes = {}, ...contact } = contactOfLead(read);
			expect(values(attributes)).not.toContain(null);
			for (const value of values(contact).filter((part) => part !== undefined)) expect(value).toMatch(/./su);
			const { metadata = {}, tags, ...customer } = fieldsForSparx(read);
			expect(metadata).toEqual(expect.any(Object));
			expect(Array.isArray(metadata)).toBe(false);
			expect(values(customer)).not.toContain(null);
			expect(tags === undefined || read.platform === 'sparx').toBe(true);
		}),
		{ numRuns: 500 },
	);
});

it('is of the one shape from the platforms whose records hold anything', () => {
	fc.assert(
		fc.property(customFields, (data) => {
			for (const simplified of [
				simplifySpara({ id: 'A', data: data as IDataObject }),
				simplifyCustomer({ ...(data as IDataObject), id: 'A' }),
				simplifyHit({ ...(data as IDataObject), lead_id: 'A' }),
				simplifyEvent({ id: 'E', type: 'source', vars: { lead: { ...(data as IDataObject), id: 'A' } } })
					.lead,
			]) {
				expect(leadSchema.safeParse(simplified).success).toBe(true);
				expect(writableLeadSchema.safeParse(simplified).success).toBe(true);
			}
		}),
		{ numRuns: 300 },
	);
});
