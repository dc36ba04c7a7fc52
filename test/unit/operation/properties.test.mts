import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import {
	operation,
	type ListReading,
	type Operation,
	type OperationBase,
	type Resource,
} from '../../../nodes/shared/operation/operation.ts';
import { fieldsOf, nodeProperties } from '../../../nodes/shared/operation/properties.ts';

const idField: INodeProperties = { displayName: 'Lead ID', name: 'leadId', type: 'string', default: '' };

/** One request, unless it is to read a list. */
function operationWith(
	value: string,
	{ list: reading, ...more }: Partial<OperationBase<unknown>> & { list?: ListReading<unknown> } = {},
): Operation {
	const base = {
		name: value.toUpperCase(),
		value,
		action: `${value} lead`,
		description: `Does ${value}`,
		fields: [idField],
		input: z.unknown(),
		safety: 'safe' as const,
		...more,
	};
	return reading
		? operation({ ...base, list: reading })
		: operation({ ...base, request: () => ({ method: 'GET', path: ['leads'] }) });
}

const list = { pages: async function* () {}, recordId: () => '' };
const names = (fields: INodeProperties[]): string[] => fields.map(({ name }) => name);

describe('the fields of an operation', () => {
	it.each([
		['that does one thing', {}, ['leadId', 'options']],
		[
			'with a short form',
			{ simplify: (record: object) => ({ ...record }) },
			['leadId', 'simplify', 'options'],
		],
		['that reads a list', { list }, ['leadId', 'returnAll', 'limit', 'options']],
		[
			'that reads a list with a short form',
			{ list, simplify: (record: object) => ({ ...record }) },
			['leadId', 'returnAll', 'limit', 'simplify', 'options'],
		],
	])('%s end with those of its kind', (_case, more, expected) => {
		expect(names(fieldsOf(operationWith('get', more)))).toEqual(expected);
	});

	it('keep their own options among the common ones, in the order of the alphabet', () => {
		const options = ['Newest First', 'Zone', 'Archived'].map((displayName) => ({
			...idField,
			displayName,
			name: displayName,
		}));
		const field = fieldsOf(operationWith('get', { options })).find(({ name }) => name === 'options');
		expect((field?.options as INodeProperties[]).map(({ displayName }) => displayName)).toEqual([
			'Archived',
			'Max Concurrent Requests',
			'Max Wait',
			'Newest First',
			'Zone',
		]);
	});
});

describe('the properties of a node', () => {
	const lead: Resource = {
		name: 'Lead',
		value: 'lead',
		operations: [operationWith('search', { list }), operationWith('get')],
	};
	const hidden = {
		...idField,
		name: 'body',
		displayOptions: { show: { kind: ['a'] }, hide: { method: ['GET'] } },
	};
	const call: Resource = {
		name: 'Call',
		value: 'call',
		operations: [operationWith('place', { fields: [hidden] })],
	};
	const properties = nodeProperties([lead, call]);

	it('begin with the resources as given, then the operations by name, the first given of each being preset', () => {
		const [resource, ofLead, ofCall] = properties;
		expect(resource).toMatchObject({ name: 'resource', default: 'lead', noDataExpression: true });
		expect(resource.options).toEqual([
			{ name: 'Lead', value: 'lead' },
			{ name: 'Call', value: 'call' },
		]);
		expect(ofLead).toMatchObject({
			name: 'operation',
			default: 'search',
			displayOptions: { show: { resource: ['lead'] } },
		});
		expect(ofLead.options?.map((option) => (option as { value: string }).value)).toEqual(['get', 'search']);
		expect(ofCall).toMatchObject({
			name: 'operation',
			default: 'place',
			displayOptions: { show: { resource: ['call'] } },
		});
	});

	it('show each field for its operation only, with its own conditions beside', () => {
		const get = properties.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes('get'));
		expect(names(get)).toEqual(['leadId', 'options']);
		expect(properties.find(({ name }) => name === 'limit')?.displayOptions).toEqual({
			show: { resource: ['lead'], operation: ['search'], returnAll: [false] },
		});
		expect(properties.find(({ name }) => name === 'body')?.displayOptions).toEqual({
			show: { resource: ['call'], operation: ['place'], kind: ['a'] },
			hide: { method: ['GET'] },
		});
	});

	it('leave the order of the given resources and operations alone', () => {
		expect(lead.operations.map(({ value }) => value)).toEqual(['search', 'get']);
	});
});
