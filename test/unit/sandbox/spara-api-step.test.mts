import { startSandbox } from '../../../sandbox/server.mts';
import { startReceiver } from './receiver.mts';

let started: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => (started = await startSandbox({ port: 0 })));
afterAll(async () => await started.close());

const spara = () => started.sandbox.spara;
const answer = JSON.stringify({ results: [{ job_seniority: 'senior', intent_score: 7, tags: ['a'] }] });
const field = (name: string) => ({ name, description: `The ${name} of the lead` });

it('asks with the lead’s fields in URL and body, and saves what it extracts as fields', async () => {
	const receiver = await startReceiver([], answer);
	const [{ id, data }] = spara().leads();
	const run = await spara().apiStep({
		leadId: id,
		url: `${receiver.url}?email={{ email }}`,
		headers: { authorization: 'Bearer key' },
		body: '{"id": "{{ lead_id }}", "email": "{{email}}", "none": "{{ no_such_field }}"}',
		fields: [field('job_seniority'), field('intent_score'), field('tags'), field('absent')],
	});
	const [received] = receiver.received;
	expect(received.url).toBe(`/webhook?email=${encodeURIComponent(String(data.email))}`);
	expect(received.headers.authorization).toBe('Bearer key');
	expect(JSON.parse(received.body)).toEqual({ id, email: data.email, none: '' });
	expect(run).toMatchObject({ status: 200, answer, extracted: { job_seniority: 'senior', intent_score: 7 } });
	expect(spara().lead({ id }).data).toMatchObject({ job_seniority: 'senior', intent_score: 7 });
	expect(spara().lead({ id }).data).not.toHaveProperty('tags');
	await receiver.close();
});

it('extracts nothing of an answer that is empty, and keeps the lead as it was', async () => {
	const receiver = await startReceiver();
	const [, { id }] = spara().leads();
	const before = spara().lead({ id });
	const run = await spara().apiStep({ leadId: id, url: receiver.url, fields: [field('job_seniority')] });
	expect(run.extracted).toEqual({});
	expect(spara().lead({ id })).toEqual(before);
	await receiver.close();
});

it.each([
	['an address off the machine', { url: 'https://example.com/' }, 'loopback'],
	['a body that is no JSON', { url: 'http://127.0.0.1:1/', body: '{"a": {{ email }}}' }, 'must be JSON'],
])('refuses %s', async (_, step, message) => {
	const [{ id }] = spara().leads();
	await expect(spara().apiStep({ leadId: id, ...step })).rejects.toThrow(message);
});
