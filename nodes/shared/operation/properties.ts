import type { INodeProperties } from 'n8n-workflow';
import { KEPT_KEYS } from './claimStore';
import type { OperationDefinition, Resource } from './operation';

type AnyResource = Resource<string>;

type AnyOperation = AnyResource['operations'][number];

/** How many requests of one node run are under way at once, unless the user says otherwise. */
export const DEFAULT_CONCURRENCY = 5;

/** Longer than the longest window of any vendor (one hour), so that by default nothing fails for waiting. */
export const DEFAULT_MAX_WAIT_S = 7200;

const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

const commonOptions: INodeProperties[] = [
	{
		displayName: 'Max Concurrent Requests',
		name: 'maxConcurrentRequests',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50 },
		default: DEFAULT_CONCURRENCY,
		description:
			'How many items are worked on at the same time. Items of the same record always run one after another.',
	},
	{
		displayName: 'Max Wait',
		name: 'maxWait',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: DEFAULT_MAX_WAIT_S,
		description: 'How many seconds a request may wait for the rate limit before its item fails',
	},
];

/** Of operations whose second sending does harm. */
const idempotencyOptions: INodeProperties[] = [
	{
		displayName: 'Idempotency Key',
		name: 'idempotencyKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.eventId }}',
		description: `What tells this item from others for good, such as the ID of an event or of a row. What was done once with a key is not done again: not by another execution, not after a restart and not by another worker. The newest ${KEPT_KEYS.toLocaleString('en')} keys of this node are kept. Manual test runs neither look at them nor add any.`,
	},
	{
		displayName: 'When Already Done',
		name: 'whenAlreadyDone',
		type: 'options',
		options: [
			{ name: 'Drop the Item', value: 'skip', description: 'The item has no output' },
			{ name: 'Fail', value: 'error', description: 'The item fails with an error' },
			{
				name: 'Return an Item That Says So',
				value: 'item',
				description: 'With alreadyDone, the key and a message, so that the workflow goes on',
			},
		],
		default: 'item',
		description: 'What to do with an item whose Idempotency Key was used before',
	},
];

function optionsField<Input>({ options = [], safety }: OperationDefinition<Input, string>): INodeProperties {
	const entries = [...options, ...commonOptions, ...(safety === 'nonIdempotent' ? idempotencyOptions : [])];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: entries.sort((one, other) => one.displayName.localeCompare(other.displayName)),
	};
}

/** All fields of an operation, those that every operation of its kind has included. */
export function fieldsOf<Input>(operation: OperationDefinition<Input, string>): INodeProperties[] {
	return [
		...operation.fields,
		...(operation.list ? [returnAll, limit] : []),
		...(operation.simplify ? [simplify] : []),
		optionsField(operation),
	];
}

function shownFor(field: INodeProperties, resource: AnyResource, operation: AnyOperation): INodeProperties {
	const { show = {}, hide } = field.displayOptions ?? {};
	return {
		...field,
		displayOptions: {
			show: { resource: [resource.value], operation: [operation.value], ...show },
			...(hide ? { hide } : {}),
		},
	};
}

function operationSelector(resource: AnyResource): INodeProperties {
	const [{ value: initial }] = resource.operations;
	const operations = [...resource.operations].sort((one, other) => one.name.localeCompare(other.name));
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		default: initial,
		options: operations.map(({ name, value, action, description }) => ({ name, value, action, description })),
	};
}

/**
 * The properties of an action node: resource, operation, and the fields of each operation.
 * @param resources in the order in which n8n's node panel lists their actions: what people look for first
 */
export function nodeProperties(resources: AnyResource[]): INodeProperties[] {
	const [{ value: initial }] = resources;
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			default: initial,
			options: resources.map(({ name, value }) => ({ name, value })),
		},
		...resources.map(operationSelector),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) =>
				fieldsOf(operation).map((field) => shownFor(field, resource, operation)),
			),
		),
	];
}
