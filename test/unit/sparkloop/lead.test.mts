import { fieldsOfLead, simplifyLead, withIsoTimes } from '../../../nodes/SparkLoop/lead';

describe('simplifyLead', () => {
	it.each([
		[{ name: 'Ada King Lovelace' }, 'Ada', 'King Lovelace'],
		[{ name: 'Ada' }, 'Ada', undefined],
		[{ name: ' Mary Ann  Evans ', first_name: 'Mary Ann' }, 'Mary Ann', 'Evans'],
		[{ name: 'Adam Smith', first_name: 'Ada' }, 'Adam', 'Smith'],
		[{ name: null, first_name: 'Ada' }, 'Ada', undefined],
		[{ name: null, first_name: null }, undefined, undefined],
	])('reads the names of %j', (names, firstName, lastName) => {
		const lead = simplifyLead({ uuid: 'sub_1', ...names });
		expect([lead.firstName, lead.lastName]).toEqual([firstName, lastName]);
	});

	it('is the same for the REST API and for events', () => {
		const rest = simplifyLead({
			uuid: 'sub_1',
			email: 'a@x.example',
			name: 'Ada L',
			referral_status: 'verified',
			created_at: '2026-01-01T00:00:00.000Z',
		});
		const event = simplifyLead({
			id: 'sub_1',
			email: 'a@x.example',
			name: 'Ada L',
			first_name: 'Ada',
			status: 'verified',
			created_at: 1767225600,
		});
		expect(event).toEqual(rest);
		expect(rest).toEqual({
			platform: 'sparkloop',
			id: 'sub_1',
			email: 'a@x.example',
			firstName: 'Ada',
			lastName: 'L',
			status: 'verified',
			createdAt: '2026-01-01T00:00:00.000Z',
			customFields: {},
		});
	});

	it('leaves out what is null and keeps what is zero or false', () => {
		const { customFields } = simplifyLead({ uuid: 'sub_1', cpa: 0, referred: false, utm_source: null });
		expect(customFields).toEqual({ cpa: 0, referred: false });
	});
});

describe('fieldsOfLead', () => {
	it('writes the name whole, and of own fields those that can be written', () => {
		const customFields = { utm_source: 'x', ref_code: 'aa11', country_code: '', plan: 'pro' };
		expect(
			fieldsOfLead({
				id: '1',
				email: 'a@x.example',
				firstName: 'Ada',
				lastName: 'King Lovelace',
				customFields,
			}),
		).toEqual({
			email: 'a@x.example',
			name: 'Ada King Lovelace',
			utm_source: 'x',
		});
	});

	it('is what simplifyLead has read', () => {
		const subscriber = { uuid: 'sub_1', email: 'a@x.example', name: 'Mary Ann Evans', country_code: 'GB' };
		expect(fieldsOfLead(simplifyLead(subscriber))).toEqual({
			email: 'a@x.example',
			name: 'Mary Ann Evans',
			country_code: 'GB',
		});
	});
});

it('turns Unix times into ISO at any depth, and no other number', () => {
	expect(
		withIsoTimes({
			created_at: 1767225600,
			referrer: { confirmed_at: 0, next_reward: 2, tot: 1767225600 },
			list: [1],
			none_at: null,
		}),
	).toEqual({
		created_at: '2026-01-01T00:00:00.000Z',
		referrer: { confirmed_at: '1970-01-01T00:00:00.000Z', next_reward: 2, tot: 1767225600 },
		list: [1],
		none_at: null,
	});
});
