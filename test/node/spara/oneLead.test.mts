import type { IDataObject } from 'n8n-workflow';
import { SparaApi } from '../../../credentials/SparaApi.credentials';
import { SparaPollingTrigger } from '../../../nodes/Spara/SparaPollingTrigger.node';
import { polling } from '../engine/poll.mts';
import { engineLog } from '../engine/host.mts';
import { API_KEY, openSpara, type SparaStage } from './stage.mts';

/** Much more than it takes, for a machine that does other things meanwhile. */
jest.setTimeout(60_000);

let stage: SparaStage;
beforeEach(async () => (stage = await openSpara()));
afterEach(async () => await stage.close());

const created = () => Object.keys(stage.sandbox.writes({ kind: 'create' })).length;

describe('Create or Update', () => {
	const ada = { matchEmail: 'ada@new.example', leadFields: { first_name: 'Ada' } };

	it('refuses another email among the fields, by which the next run would not find the lead', async () => {
		const other = { ...ada, leadFields: { ...ada.leadFields, email: 'ada@other.example' } };
		for (let run = 0; run < 3; run++) {
			const { error } = await stage.lead('upsert', other);
			expect(error?.message).toBe(
				'The lead has the email ada@other.example, but "Email to Match" is ada@new.example',
			);
		}
		expect(created()).toBe(0);
		expect(stage.sandbox.requests()).toEqual([]);
	});

	it.each([
		['fields', { leadFields: { email: ' ADA@new.example ' } }],
		['JSON', { leadData: 'json', fieldsJson: '{ "email": "Ada@New.example", "first_name": "Ada" }' }],
		['a lead', { leadData: 'lead', lead: '{ "email": "ADA@NEW.EXAMPLE", "firstName": "Ada" }' }],
	])(
		'makes one lead however often it runs, with the email in other letters among the %s',
		async (_, data) => {
			for (let run = 0; run < 3; run++) {
				const { items, error } = await stage.lead('upsert', { ...ada, ...data });
				expect(error).toBeUndefined();
				expect(items[0].json).toMatchObject({ email: 'ada@new.example', created: run === 0 });
			}
			expect(created()).toBe(1);
		},
	);
});

describe('Create with nothing in it', () => {
	it.each([
		['no field', {}],
		['empty expressions', { leadFields: { email: '={{ $json.emial }}', first_name: '={{ $json.nmae }}' } }],
		['empty JSON', { leadData: 'json', fieldsJson: '{}' }],
		['JSON of empty texts', { leadData: 'json', fieldsJson: '{ "email": "", "first_name": "" }' }],
	])('makes no lead: %s', async (_, parameters) => {
		const items = Array.from({ length: 20 }, (_unused, row) => ({ email: `${row}@new.example` }));
		const { error, items: output } = await stage.lead('create', parameters, { items });
		expect(error?.message).toBe('There is nothing to create: no field of the lead has a value');
		expect(output).toEqual([]);
		expect(created()).toBe(0);
	});

	it('warns of an expression that gave no email or phone, and makes the lead all the same', async () => {
		const parameters = {
			leadFields: { first_name: 'Ada', email: '={{ $json.emial }}', phone_number: '={{ $json.phone }}' },
		};
		const items = [{ phone: '+14155550123' }, { phone: '' }, { phone: '+14155550124' }];
		const { hints, items: output } = await stage.lead('create', parameters, { items });
		expect(output).toHaveLength(3);
		expect(hints.map(({ message }) => message)).toEqual([
			'"Email" came out empty for 3 of 3 items, the first of them item 0, although an expression gives it. Check the expression, and whether the items have the field that it names.',
			'"Phone Number" came out empty for 1 of 3 items, the first of them item 1, although an expression gives it. Check the expression, and whether the items have the field that it names.',
		]);
	});

	it('warns of nothing where nothing was to be expected', async () => {
		const { hints } = await stage.lead(
			'create',
			{
				leadFields: { email: '={{ $json.email }}', phone_number: '', first_name: '={{ $json.none }}' },
			},
			{ items: [{ email: 'ada@new.example' }] },
		);
		expect(hints).toEqual([]);
	});
});

describe('a second with more leads than can be read', () => {
	const now = () => Math.floor(Date.now() / 1000);
	const place = () =>
		polling({
			trigger: new SparaPollingTrigger(),
			parameters: { event: 'lead.created' },
			credentials: { sparaApi: { apiKey: API_KEY, baseUrl: `${stage.url}/spara/v1` } },
			credentialTypes: [new SparaApi()],
			workflowId: 'crowded second',
		});
	const leadOf = ({ json }: { json: IDataObject }) => (json.lead as IDataObject).id;

	it('does not stop the polling trigger: it gives what can be read, says so, and goes on', async () => {
		const trigger = place();
		await trigger.poll();
		// All of them share the second half-way; 50 came before and after.
		stage.sandbox.seedLeads({ count: 1250, from: now() - 120, to: now() - 20, sameSecond: 1200 });
		engineLog.length = 0;
		const found = await trigger.poll();
		expect(found).toHaveLength(1050);
		expect(new Set(found.map(leadOf)).size).toBe(1050);
		const warned = found.filter(({ json }) => json.warning !== undefined);
		expect(warned).toHaveLength(1000);
		const second = /at (\S+),/.exec(String(warned[0].json.warning))?.[1];
		for (const { json } of warned) {
			expect(json.occurredAt).toBe(second);
			expect(json.warning).toBe(
				`There are more than 1,000 leads at ${second}, as after an import. 1,000 of them were given. One answer holds 1,000 at most, and nothing narrower than a second can be asked for. Search before and after that second, or by another criterion. Spara's Search finds single leads by their email.`,
			);
		}
		expect(
			engineLog.filter(({ level, message }) => level === 'warn' && message.includes(String(second))),
		).toHaveLength(1);

		const { items } = await stage.lead('create', { leadFields: { email: 'after@import.example' } });
		const [next, ...rest] = await trigger.poll();
		expect(leadOf(next)).toBe(items[0].json.id);
		expect(next.json.warning).toBeUndefined();
		expect(rest).toEqual([]);
	});

	it('does not keep a trigger from beginning, nor a test from its sample', async () => {
		stage.sandbox.seedLeads({ count: 1200, from: now() - 60, to: now() - 60, sameSecond: 1200 });
		const trigger = place();
		expect(await trigger.test()).toHaveLength(1);
		expect(await trigger.poll()).toEqual([]);
	});

	it('is an error of Search, which promises all', async () => {
		stage.sandbox.seedLeads({ count: 1200, from: now() - 60, to: now() - 60, sameSecond: 1200 });
		const { error } = await stage.lead('search', { returnAll: true, filters: {} });
		expect(error?.message).toMatch(/^There are more than 1,000 leads at /);
	});
});
