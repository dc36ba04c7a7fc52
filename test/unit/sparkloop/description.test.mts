import type { INodeProperties } from 'n8n-workflow';
import { SparkLoop } from '../../../nodes/SparkLoop/SparkLoop.node';

const node = new SparkLoop();
const { properties } = node.description;

/** All fields, those inside collections included. */
const fields = properties.flatMap((field): INodeProperties[] => [
	field,
	...(field.type === 'collection' ? (field.options as INodeProperties[]) : []),
]);

const optionsOf = (name: string) =>
	properties.filter((field) => field.name === name).flatMap(({ options }) => options ?? []);

it('offers every resource and operation', () => {
	expect(optionsOf('resource')).toHaveLength(12);
	expect(optionsOf('operation')).toHaveLength(55);
});

it('gives every action a name of its own', () => {
	const actions = optionsOf('operation').map((option) => (option as { action: string }).action);
	expect(new Set(actions).size).toBe(actions.length);
});

it('fills every picker', () => {
	const methods = fields
		.flatMap(({ modes = [] }) => modes.map(({ typeOptions }) => typeOptions?.searchListMethod))
		.filter(Boolean);
	expect(new Set(methods)).toEqual(new Set(Object.keys(node.methods.listSearch)));
});

it('says the unit of every amount of money', () => {
	const money = fields.filter(({ type, name }) => type === 'number' && /cpa|payout|budget|value/i.test(name));
	expect(money.length).toBeGreaterThan(5);
	for (const { displayName } of money) expect(displayName).toContain('(Dollars)');
});
