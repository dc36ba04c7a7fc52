import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { itemsOf, openSpara, VOICE_AGENT, type SparaRun, type SparaStage } from './stage.mts';

let stage: SparaStage;
beforeEach(async () => (stage = await openSpara()));
afterEach(async () => await stage.close());

const GOES_ON: SparaRun['settings'] = { onError: 'continueRegularOutput' };
const QUICK = { options: { maxConcurrentRequests: 50 } };

/** A fifth of all requests goes wrong, each in one of the ways that a network and a server have. */
function addFaults(): void {
	const faults = [
		{ kind: 'status', status: 503, body: 'vendor' },
		{ kind: 'status', status: 502, body: 'html' },
		{ kind: 'reset-before' },
		{ kind: 'reset-after' },
		{ kind: 'slow', durationMs: 30 },
		{ kind: 'cut' },
	] as const;
	for (const fault of faults) stage.sandbox.addFault({ probability: 0.2 / faults.length, fault });
}

const failed = ({ json }: INodeExecutionData): boolean => json.error !== undefined;

const byOutcome = (items: INodeExecutionData[]) => ({
	succeeded: items.filter((item) => !failed(item)),
	uncertain: items.filter((item) => failed(item) && String(json(item).error).includes('may have received')),
	unexplained: items.filter(
		(item) => failed(item) && !String(json(item).error).includes('may have received'),
	),
});

const json = (item: INodeExecutionData): IDataObject => item.json;

const callable = () => stage.sandbox.leads().filter(({ data }) => data.phone_number);

describe('mixed operations, a fifth of the requests faulty', () => {
	it.each([
		['10,000', 1, {}],
		['2,500 with Retry On Fail', 4, { retryOnFail: true, maxTries: 2, waitBetweenTries: 10 }],
	])(
		'lose nothing, send no unsafe write twice and explain every failure: %s',
		async (name, divisor, retrySettings) => {
			stage.sandbox.seedLeads({ count: 2000, from: 1_700_000_000, to: 1_750_000_000 });
			const known = stage.sandbox.leads().map(({ id }) => id);
			addFaults();
			const run = { settings: { ...GOES_ON, ...retrySettings } };
			const email = (index: number): string => `fire-${index}@example.com`;
			const phones = callable().slice(0, 60 / divisor);

			const [gets, creates, updates, upserts, calls] = await Promise.all([
				stage.lead(
					'get',
					{ leadId: '={{ $json.id }}', ...QUICK },
					{ ...run, items: itemsOf(4000 / divisor, (index) => ({ id: known[index % known.length] })) },
				),
				stage.lead(
					'create',
					{ leadFields: { email: '={{ $json.email }}' }, ...QUICK },
					{ ...run, items: itemsOf(3000 / divisor, (index) => ({ email: email(index) })) },
				),
				stage.lead(
					'update',
					{ leadId: '={{ $json.id }}', leadFields: { first_name: '={{ $json.name }}' }, ...QUICK },
					{
						...run,
						items: itemsOf(2500 / divisor, (index) => ({
							id: known[index % known.length],
							name: `Name ${index}`,
						})),
					},
				),
				stage.lead(
					'upsert',
					{ matchEmail: '={{ $json.email }}', leadFields: { last_name: 'Upserted' }, ...QUICK },
					{ ...run, items: itemsOf(440 / divisor, (index) => ({ email: `upsert-${index}@example.com` })) },
				),
				stage.lead(
					'call',
					{ leadId: '={{ $json.id }}', voiceAgentId: VOICE_AGENT },
					{ ...run, items: phones.map(({ id }) => ({ id })) },
				),
			]);

			// Nothing is lost: each item has its output, linked to it.
			const results = [gets, creates, updates, upserts, calls];
			expect(results.map(({ items }) => items.length)).toEqual(
				[4000, 3000, 2500, 440, 60].map((count) => count / divisor),
			);
			for (const { items } of results)
				expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));

			// Nothing unsafe was done twice.
			expect(stage.sandbox.duplicates({ kind: 'create' })).toEqual({});
			expect(stage.sandbox.duplicates({ kind: 'ring' })).toEqual({});

			// What is said to be done is done, and what failed says that it is uncertain, or that the vendor was down throughout.
			const created = new Set(stage.sandbox.leads().map(({ data }) => data.email));
			const ofCreates = byOutcome(creates.items);
			expect(ofCreates.succeeded.every((item) => created.has(json(item).email as string))).toBe(true);
			expect(ofCreates.uncertain.length).toBeGreaterThan(0);
			expect(ofCreates.unexplained).toEqual([]);
			expect(byOutcome(calls.items).unexplained).toEqual([]);
			for (const { items } of [gets, updates]) {
				const failures = items.filter(failed);
				expect(failures.length).toBeLessThan(10);
				for (const item of failures) expect(json(item).message).toMatch(/It was tried \d+ times/);
			}
			expect(
				upserts.items
					.filter(failed)
					.every((item) => /may have received|It was tried/.test(String(json(item).message))),
			).toBe(true);
			const failures = results.map(({ items }) => items.filter(failed).length);
			console.info(
				`${name} operations: ${stage.sandbox.statistics().requests} requests; failed get, create, update, upsert, call: ${failures.join(', ')}`,
			);
		},
		120_000,
	);
});

describe('Retry On Fail', () => {
	it('never repeats a write of a run that stopped half-way', async () => {
		stage.sandbox.addFault({ method: 'POST', path: '/leads', every: 7, fault: { kind: 'reset-after' } });
		const items = itemsOf(50, (index) => ({ email: `retry-${index}@example.com` }));
		const { error } = await stage.lead(
			'create',
			{ leadFields: { email: '={{ $json.email }}' } },
			{ items, settings: { retryOnFail: true, maxTries: 5, waitBetweenTries: 0 } },
		);
		expect(error?.message).toBe('Spara may have received "Create lead", but it is not certain');
		expect(stage.sandbox.duplicates({ kind: 'create' })).toEqual({});
	});

	it('goes on where the first run was interrupted by something that passes', async () => {
		stage.sandbox.addFault({
			method: 'GET',
			count: 6,
			fault: { kind: 'status', status: 500, body: 'vendor' },
		});
		const items = itemsOf(20, (index) => ({ email: `again-${index}@example.com` }));
		const { error, items: output } = await stage.lead(
			'upsert',
			{ matchEmail: '={{ $json.email }}', options: { maxConcurrentRequests: 1 } },
			{ items, settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } },
		);
		expect(error).toBeUndefined();
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(stage.sandbox.duplicates({ kind: 'create' })).toEqual({});
	}, 60_000);
});

describe('calls', () => {
	it('places 40 calls without ever more than 5 in a rolling second, within 5 % of the ideal time', async () => {
		stage.sandbox.seedLeads({ count: 60, from: 1_700_000_000, to: 1_700_100_000 });
		const leads = callable().slice(0, 40);
		const { error, items } = await stage.lead(
			'call',
			{
				leadId: '={{ $json.id }}',
				voiceAgentId: VOICE_AGENT,
				callMode: 'live',
				options: { maxConcurrentRequests: 40 },
			},
			{ items: leads.map(({ id }) => ({ id })) },
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(40);
		const times = stage.sandbox.accepted({ limit: 'calls' });
		// 5 at once, then 7 times 5 more, a second apart.
		const ratio = (times[39] - times[0]) / 7000;
		console.info(
			`40 calls: at most ${stage.sandbox.peak({ limit: 'calls' })} in a rolling second, ${ratio.toFixed(3)} of the ideal time`,
		);
		expect(times).toHaveLength(40);
		expect(stage.sandbox.statistics().rejected).toEqual({});
		expect(stage.sandbox.peak({ limit: 'calls' })).toBe(5);
		expect(stage.sandbox.duplicates({ kind: 'ring' })).toEqual({});
		expect(ratio).toBeLessThan(1.05);
	}, 30_000);
});
