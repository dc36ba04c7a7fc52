import { setTimeout as sleep } from 'node:timers/promises';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { NodeConnectionTypes, type ICredentialType, type IDataObject, type INodeType } from 'n8n-workflow';
import { z } from 'zod';
import { operation, type BatchItem, type BatchResult } from '../../../nodes/shared/operation/operation.ts';
import { nodeProperties } from '../../../nodes/shared/operation/properties.ts';
import { runNode as runOperations } from '../../../nodes/shared/operation/run.ts';
import { RefusedError } from '../../../nodes/shared/transport/requestError.ts';
import { runNode, type NodeRun } from '../../node/engine/run.mts';
import { vendor } from '../transport/vendorExample.mts';

interface Sum {
	value: number;
	group: string;
}

/** Batches by group, three at most; the server doubles what it gets. */
const double = operation<Sum>({
	name: 'Double',
	value: 'double',
	action: 'Double numbers',
	description: 'Doubles numbers, three at a time',
	fields: [
		{ displayName: 'Value', name: 'value', type: 'number', default: 0 },
		{ displayName: 'Group', name: 'group', type: 'string', default: '' },
	],
	input: z.object({ value: z.number(), group: z.string() }),
	safety: 'nonIdempotent',
	batching: {
		cut: (items) => {
			const groups = new Map<string, typeof items>();
			for (const item of items) groups.set(item.input.group, [...(groups.get(item.input.group) ?? []), item]);
			return [...groups.values()].flatMap((group) =>
				Array.from({ length: Math.ceil(group.length / 3) }, (_, batch) =>
					group.slice(batch * 3, batch * 3 + 3),
				),
			);
		},
		run: async (batch: Array<BatchItem<Sum>>, send) => {
			const body = batch.map(({ itemIndex, input }) => ({ id: itemIndex, value: input.value }));
			const results = (await send({ method: 'POST', path: ['double'], body })) as Array<{
				id: number;
				value?: number;
				refused?: string;
			}>;
			return results.map(
				({ id, value, refused }): BatchResult =>
					refused
						? { itemIndex: id, error: new RefusedError({ code: 'odd', message: refused }) }
						: { itemIndex: id, record: { value: value! } },
			);
		},
	},
	simplify: ({ value }, { group }) => ({ value, group }),
});
const resources = [{ name: 'Number', value: 'number', operations: [double] as never[] }];

const node: INodeType = {
	description: {
		displayName: 'Acme',
		name: 'acme',
		group: ['transform'],
		version: 1,
		description: 'Doubles',
		defaults: { name: 'Acme' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'acmeApi', required: true }],
		properties: nodeProperties(resources),
	},
	async execute() {
		return await runOperations(this, vendor, resources);
	},
};
const acmeApi: ICredentialType = {
	name: 'acmeApi',
	displayName: 'Acme API',
	properties: [{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' }],
	authenticate: { type: 'generic', properties: { headers: { authorization: 'Bearer key' } } },
};

type Entry = { id: number; value: number };
let server: FastifyInstance;
let baseUrl: string;
let received: Entry[][];
let answerTo: (entries: Entry[]) => unknown;
/** How many requests were being answered at once, at most. */
let most: number;

beforeEach(async () => {
	received = [];
	most = 0;
	let underWay = 0;
	answerTo = (entries) => entries.map(({ id, value }) => ({ id, value: value * 2 })).reverse();
	server = fastify({ forceCloseConnections: true });
	server.post('/double', async (request: FastifyRequest, reply: FastifyReply) => {
		const body = request.body as Entry[];
		received.push(body);
		most = Math.max(most, ++underWay);
		const answer = await answerTo(body);
		underWay--;
		if (answer !== 'reset') return answer;
		reply.hijack();
		return reply.raw.socket?.resetAndDestroy();
	});
	baseUrl = await server.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => await server.close());

const numbers = (...values: number[]) => values.map((value) => ({ value, group: 'a' }));
const run = async (items: IDataObject[], more: Partial<NodeRun> = {}) =>
	await runNode({
		node,
		type: 'n8n-nodes-leadwire.acme',
		parameters: {
			resource: 'number',
			operation: 'double',
			value: '={{ $json.value }}',
			group: '={{ $json.group }}',
		},
		items,
		credentials: { acmeApi: { baseUrl } },
		credentialTypes: [acmeApi],
		...more,
	});
const onError = (value: 'continueRegularOutput' | 'continueErrorOutput') => ({
	settings: { onError: value },
});

it('maps results back to their items, in item order, each in the form its item asks for', async () => {
	const items = numbers(1, 2, 3, 4).map((item, index) => ({ ...item, group: index % 2 ? 'b' : 'a' }));
	const { items: output, linkedInputs, error } = await run(items);
	expect(error).toBeUndefined();
	expect(output).toEqual([
		{ json: { value: 2, group: 'a' }, pairedItem: { item: 0 } },
		{ json: { value: 4, group: 'b' }, pairedItem: { item: 1 } },
		{ json: { value: 6, group: 'a' }, pairedItem: { item: 2 } },
		{ json: { value: 8, group: 'b' }, pairedItem: { item: 3 } },
	]);
	expect(linkedInputs).toEqual(items);
	expect(received.map((batch) => batch.map(({ value }) => value)).sort()).toEqual([
		[1, 3],
		[2, 4],
	]);
});

it('gives refused items, items without a result and unknown results their own endings', async () => {
	answerTo = ([first, second]) => [
		{ id: first.id, refused: 'odd numbers are refused' },
		{ id: second.id, value: 4 },
		{ id: 99, value: 1 },
	];
	const { items, errorItems, linkedErrorInputs } = await run(
		numbers(1, 2, 3),
		onError('continueErrorOutput'),
	);
	expect(items.map(({ json, pairedItem }) => [json.value, pairedItem])).toEqual([[4, { item: 1 }]]);
	expect(errorItems.map(({ json, pairedItem }) => [json.error, json.details, pairedItem])).toEqual([
		['Acme did not accept this item: odd numbers are refused', { code: 'odd' }, { item: 0 }],
		['Acme gave no result for this item', {}, { item: 2 }],
	]);
	expect(linkedErrorInputs).toEqual([numbers(1)[0], numbers(3)[0]]);
});

it('fails all items of a batch whose request fails, and no others', async () => {
	answerTo = (entries) =>
		entries.some(({ value }) => value === 5) ? 'reset' : entries.map(({ id, value }) => ({ id, value }));
	const { items, errorItems } = await run(numbers(1, 2, 3, 4, 5, 6, 7), onError('continueErrorOutput'));
	expect(items.map(({ json }) => json.value)).toEqual([1, 2, 3, 7]);
	expect(errorItems.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 3 }, { item: 4 }, { item: 5 }]);
	for (const { json } of errorItems)
		expect(json.error).toBe('Acme may have received "Double numbers", but it is not certain');
	expect(received).toHaveLength(3);
});

it('starts no further batch once an item has failed, unless the node goes on', async () => {
	answerTo = (entries) => entries.map(({ id }) => ({ id, refused: 'no' }));
	const values = Array.from({ length: 60 }, (_, value) => value);
	const { error } = await run(numbers(...values));
	expect(error?.message).toBe('Acme did not accept this item: no');
	expect(received.length).toBeLessThanOrEqual(5);
});

it('sends no batch again when Retry On Fail runs the node again', async () => {
	const failing = new Set([4]);
	answerTo = (entries) =>
		entries.some(({ value }) => failing.has(value))
			? 'reset'
			: entries.map(({ id, value }) => ({ id, value }));
	const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const { error } = await run(numbers(1, 2, 3, 4, 5, 6), { settings });
	expect(error?.description).toContain('This was in an earlier try of this execution.');
	expect(received.map((batch) => batch.map(({ value }) => value)).sort()).toEqual([
		[1, 2, 3],
		[4, 5, 6],
	]);
});

it('has as many batches under way as Max Concurrent Requests says', async () => {
	const values = Array.from({ length: 24 }, (_, value) => value);
	const parameters = {
		resource: 'number',
		operation: 'double',
		value: '={{ $json.value }}',
		group: 'a',
		options: { maxConcurrentRequests: 2 },
	};
	answerTo = async (entries) => {
		await sleep(20);
		return entries.map(({ id, value }) => ({ id, value }));
	};
	const { items } = await run(numbers(...values), { parameters });
	expect(items).toHaveLength(24);
	expect(most).toBe(2);
});
