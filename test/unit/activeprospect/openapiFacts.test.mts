import { faultsOf } from './openapiFacts.mts';

const ID = '66aa10f2c0ffee0000000001';

describe('a request that the facts do not tell of is found out', () => {
	it.each([
		['a call that is nowhere', { method: 'GET', path: `/leads/${ID}` }, `GET /leads/${ID} is not known`],
		['another method', { method: 'PATCH', path: `/flows/${ID}` }, `PATCH /flows/${ID} is not known`],
		[
			'a filter of other clients',
			{ method: 'POST', path: '/events', sent: '{"lead_id":"1"}' },
			'POST /events: body lead_id is not known',
		],
		[
			'too many at once',
			{ method: 'POST', path: '/events', sent: '{"limit":1001}' },
			'POST /events: body limit is out of bounds: 1001',
		],
		[
			'a period without its end',
			{ method: 'GET', path: `/reports/${ID}/run?start=2026-01-01` },
			'GET /reports/{id}/run: query end is missing',
		],
		[
			'a word that is not among those listed',
			{ method: 'GET', path: '/search/leads?sort_by=price' },
			'GET /search/leads: query sort_by may not be price',
		],
		[
			'a field without its ID',
			{ method: 'POST', path: '/fields', sent: '{"name":"Tier","type":"string"}' },
			'POST /fields: body id is missing',
		],
		[
			'a lead in a wrapper with dots',
			{ method: 'POST', path: `/flows/${ID}/sources/${ID}/submit`, sent: '{"company.name":"Acme"}' },
			"POST /flows/{id}/sources/{source_id}/submit: company.name is no field's ID",
		],
	])('%s', (_name, request, fault) => {
		expect(faultsOf(request)).toEqual([fault]);
	});

	it('and one that they tell of is not', () => {
		expect(faultsOf({ method: 'GET', path: '/events/stats?column=cost&column=profit' })).toEqual([]);
		expect(faultsOf({ method: 'GET', path: `/events/${ID}` })).toEqual([]);
	});
});
