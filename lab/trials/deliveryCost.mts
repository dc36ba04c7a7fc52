/**
 * What one delivery costs n8n, in CPU time and in rate: our triggers beside n8n's own Webhook node, bare and with Header
 * Auth. Rounds alternate within one run of one n8n, so that the machine's mood falls on all alike.
 * Beside them the least trigger that verifies at all shows what n8n itself costs any community package.
 * Run: node lab/trials/deliveryCost.mts [rounds] [deliveries per round] [NAME=value of n8n's environment ...]
 */
import { createHmac, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject, INode } from 'n8n-workflow';
import { Pool } from 'undici';
import { table, writePart } from '../../test/bench/report.mts';
import { packPackage } from '../pack.mts';
import { Editor, waitUntilRegistered, webhookUrl, type Credential } from '../rest.mts';
import { restartableN8n } from '../restartable.mts';
import { chain, leadwireNode } from '../workflows.mts';
import { LEAST_TRIGGER, leastTriggerEnvironment } from './leastTrigger.mts';

const given = process.argv.slice(2);
const variables = Object.fromEntries(
	given.filter((each) => each.includes('=')).map((each) => each.split(/=(.*)/s).slice(0, 2)),
);
const [rounds = 6, perRound = 200] = given.filter((each) => !each.includes('=')).map(Number);
const CONCURRENCY = 4;
const SECRET = 'a secret of this trial';

/** User and system time of the processes with this variable, in ms; Linux counts in hundredths of a second. */
function cpuMs(variable: string): number {
	const ticks = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map((pid) => {
			try {
				if (!readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(variable)) return 0;
				const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
				return Number(fields[11]) + Number(fields[12]);
			} catch {
				return 0;
			}
		});
	return ticks.reduce((sum, each) => sum + each, 0) * 10;
}

interface Subject {
	name: string;
	url: string;
	/** Headers and body of one delivery. */
	delivery(): { headers: Record<string, string>; body: string };
}

function median(values: number[]): number {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}

const n8n = await restartableN8n({
	version: '2.40.7',
	tarball: await packPackage(),
	environment: { ...leastTriggerEnvironment(), ...variables },
});
try {
	await n8n.start();
	const editor = await Editor.open(n8n.url);
	const content = { note: 'x'.repeat(600), tags: ['a', 'b'], address: { city: 'Utrecht', zip: '3511' } };
	const sparxBody = () =>
		JSON.stringify({
			id: randomUUID(),
			type: 'media.uploaded',
			delivered_at: new Date().toISOString(),
			data: content,
		});
	const sparaBody = () =>
		JSON.stringify({
			event_id: randomUUID(),
			event: 'lead.created',
			lead: { id: randomUUID(), object: 'lead' },
			...content,
		});
	const json = { 'content-type': 'application/json' };

	const activate = async (node: INode, credentials: Credential[]): Promise<string> => {
		const file = { ...chain(node.name, [node]), settings: { saveDataSuccessExecution: 'none' as const } };
		const workflow = await editor.createWorkflow(file, credentials);
		await editor.activate(workflow);
		const url =
			node.type === 'n8n-nodes-base.webhook'
				? `${n8n.url}/webhook/${String(node.parameters.path)}`
				: webhookUrl(n8n.url, workflow, node.name);
		await waitUntilRegistered(url);
		return url;
	};
	const webhookNode = (name: string, parameters: IDataObject): INode =>
		({
			...leadwireNode(name, '', 'httpHeaderAuth', {
				httpMethod: 'POST',
				path: randomUUID(),
				options: {},
				...parameters,
			}),
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			...(parameters.authentication ? {} : { credentials: {} }),
		}) as INode;
	const ours = (name: string, type: string, credential: string, parameters: IDataObject): INode => ({
		...leadwireNode(name, type, credential, parameters),
		typeVersion: 1.1,
	});

	const headerAuth = await editor.createCredential('httpHeaderAuth', 'Header', {
		name: 'x-token',
		value: SECRET,
	});
	const sparx = await editor.createCredential('sparxApi', 'Sparx', {
		apiKey: 'none',
		receiveEvents: true,
		baseUrl: 'https://sparx.example',
		signingSecret: SECRET,
	});
	const spara = await editor.createCredential('sparaApi', 'Spara', {
		apiKey: 'none',
		receiveEvents: true,
		baseUrl: 'https://spara.example',
		webhookVerification: 'header',
		webhookHeader: 'x-token',
		webhookSecret: SECRET,
	});
	const subjects: Subject[] = [
		{
			name: 'Webhook, bare',
			url: await activate(webhookNode('Bare', {}), []),
			delivery: () => ({ headers: json, body: sparxBody() }),
		},
		{
			name: 'Webhook, Header Auth',
			url: await activate(webhookNode('Header Auth', { authentication: 'headerAuth' }), [headerAuth]),
			delivery: () => ({ headers: { ...json, 'x-token': SECRET }, body: sparxBody() }),
		},
		{
			name: 'Least trigger',
			url: await activate({ ...ours('Least', '', 'httpHeaderAuth', {}), type: LEAST_TRIGGER }, [headerAuth]),
			delivery: () => ({ headers: { ...json, 'x-token': SECRET }, body: sparxBody() }),
		},
		{
			name: 'Spara Trigger, token',
			url: await activate(ours('Spara', 'sparaTrigger', 'sparaApi', {}), [spara]),
			delivery: () => ({ headers: { ...json, 'x-token': SECRET }, body: sparaBody() }),
		},
		{
			name: 'Sparx Trigger, HMAC',
			url: await activate(ours('Sparx', 'sparxTrigger', 'sparxApi', { registration: 'manual' }), [sparx]),
			delivery: () => {
				const body = sparxBody();
				const signature = createHmac('sha256', SECRET).update(body).digest('hex');
				return { headers: { ...json, 'x-sparx-signature': `sha256=${signature}` }, body };
			},
		},
	];

	const own = `N8N_PORT=${new URL(n8n.url).port}`;
	const measure = async ({ name, url, delivery }: Subject): Promise<{ cpu: number; rate: number }> => {
		const { origin, pathname } = new URL(url);
		const pool = new Pool(origin, { connections: CONCURRENCY });
		const cpuBefore = cpuMs(own);
		const startedAt = performance.now();
		let left = perRound;
		await Promise.all(
			Array.from({ length: CONCURRENCY }, async () => {
				while (left-- > 0) {
					const { statusCode, body } = await pool.request({ path: pathname, method: 'POST', ...delivery() });
					await body.dump();
					if (statusCode !== 200) throw new Error(`${name} answered ${statusCode}`);
				}
			}),
		);
		const seconds = (performance.now() - startedAt) / 1000;
		await sleep(1500); // The runs go on behind the last answer.
		await pool.close();
		return { cpu: (cpuMs(own) - cpuBefore) / perRound, rate: perRound / seconds };
	};

	const measured = subjects.map(() => [] as Array<{ cpu: number; rate: number }>);
	for (const subject of subjects) await measure(subject);
	for (let round = 0; round < rounds; round++)
		for (const [index, subject] of subjects.entries()) {
			const one = await measure(subject);
			console.info(`round ${round + 1}, ${subject.name}: ${one.cpu.toFixed(1)} ms, ${one.rate.toFixed(0)}/s`);
			measured[index].push(one);
		}
	const medians = measured.map((each) => ({
		cpu: median(each.map(({ cpu }) => cpu)),
		rate: median(each.map(({ rate }) => rate)),
	}));
	const against = (index: number, other: number): string[] => [
		(medians[index].cpu / medians[other].cpu).toFixed(2),
		(medians[index].rate / medians[other].rate).toFixed(2),
	];
	const set = Object.entries(variables).map(([name, value]) => `\`${name}=${value}\``);
	writePart(`What a delivery costs n8n${set.length > 0 ? `, with ${set.join(' and ')}` : ''}`, [
		`n8n 2.40.7 on SQLite, ${CONCURRENCY} deliveries at once, runs of one node; medians of ${rounds} rounds of ${perRound} deliveries by turns (\`lab/trials/deliveryCost.mts\`). The least trigger reads one credential, compares one header and hands the body over: what it costs more than the Webhook node is n8n's share of any community trigger.`,
		'',
		...table(
			[
				'Trigger',
				'CPU, of Webhook bare',
				'Rate',
				'CPU, of Header Auth',
				'Rate',
				'CPU, of the least trigger',
				'Rate',
			],
			subjects.map(({ name }, index) => [name, ...[0, 1, 2].flatMap((other) => against(index, other))]),
		),
	]);
} finally {
	await n8n.stop();
}
