import type { IDataObject } from 'n8n-workflow';
import { ActiveProspectPollingTrigger } from '../../../nodes/ActiveProspect/ActiveProspectPollingTrigger.node.ts';
import { activeProspect } from '../../../nodes/ActiveProspect/vendor.ts';
import { answerSecrets, secretAnswers } from '../../../sandbox/activeprospect/secrets.mts';
import { engineLog } from '../engine/host.mts';
import { polling } from '../engine/poll.mts';
import { operationCases } from './operationCases.mts';
import { KEY, openStage, SECRET, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
beforeEach(() => stage.activeprospect.reset());
afterEach(() => jest.restoreAllMocks());
afterAll(async () => await stage.close());

const found = (written: unknown) => {
	const text = JSON.stringify(written);
	const basic = Buffer.from(`API:${KEY}`).toString('base64');
	// The key begins like the webhooks' secret: look for it as a whole word.
	const isKeyThere = /activeprospect-sandbox-acme(?!-webhooks)/.test(text);
	const others = [basic, SECRET, ...Object.values(answerSecrets)].filter((secret) => text.includes(secret));
	return isKeyThere ? [KEY, ...others] : others;
};
const errorOf = ({ error }: { error?: Error }) =>
	error && [error.message, error.stack, error, { ...error }, (error as { context?: unknown }).context];

/** Everything that the node ever gives: every operation unsimplified, any request, and the errors of each. */
async function everything(): Promise<unknown[]> {
	const written: unknown[] = [];
	for (const prepare of operationCases(stage.activeprospect)) {
		const { name, parameters, items } = prepare();
		const [resource, operation] = name.split(': ');
		const run = await stage.run([resource, operation], { ...parameters, simplify: false }, items);
		written.push(run.items, errorOf(run));
	}
	for (const path of Object.keys(secretAnswers)) {
		const { items } = await stage.run(['apiRequest', 'send'], { method: 'GET', path }, [{}], UNCHECKED);
		written.push(items);
	}
	return written;
}

/** Requests that no operation makes, so that the facts do not tell of them. */
const UNCHECKED = { isChecked: false };

it('no output of any operation holds a secret of an answer or of the credential', async () => {
	expect(found(await everything())).toEqual([]);
	expect(found(engineLog)).toEqual([]);
}, 60_000);

it('which is the masking’s doing: without it they are all there', async () => {
	jest
		.spyOn(activeProspect, 'redact' as never)
		.mockImplementation(((record: IDataObject) => record) as never);
	expect(found(await everything()).sort()).toEqual([...Object.values(answerSecrets)].sort());
}, 60_000);

it.each([
	['a wrong key', {}, { apiKey: `${KEY}-but-wrong` }],
	['an answer that is a web page', { fault: { kind: 'status', status: 403, body: 'html' } }, {}],
] as const)(
	'nor does an error: %s',
	async (_name, fault, credential) => {
		if ('fault' in fault) stage.activeprospect.addFault({ count: 9, ...fault });
		for (const onError of ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const) {
			const run = await stage.run(
				['flow', 'setEnabled'],
				{ flowId: stage.posting('solar').flowId, enabled: true, simplify: false },
				[{}],
				{ credential, settings: { onError } },
			);
			expect(found([run.items, run.errorItems, run.hints, errorOf(run)])).toEqual([]);
		}
		expect(found(engineLog)).toEqual([]);
		stage.activeprospect.clearFaults();
	},
	60_000,
);

it('nor what the polling trigger gives unsimplified', async () => {
	const trigger = polling({
		trigger: new ActiveProspectPollingTrigger(),
		parameters: { event: 'event.any', simplify: false } as never,
		credentials: stage.credentialOf(),
		credentialTypes: stage.credentialTypes,
		workflowId: 'activeprospect secrets',
	});
	await trigger.poll();
	await stage.run(['lead', 'submit'], {
		...stage.posting('solar'),
		leadData: 'json',
		fieldsJson: { email: 'ana@shop.example', state: 'TX' } as IDataObject,
	});
	const items = await trigger.poll();
	expect(items.map(({ json }) => json.type).sort()).toEqual(['recipient', 'source']);
	expect(found(stage.activeprospect.events())).not.toEqual([]);
	expect(found(items)).toEqual([]);
});
