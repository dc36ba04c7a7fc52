import type { INodeProperties, INodeType } from 'n8n-workflow';
import { ActiveProspect } from '../../../nodes/ActiveProspect/ActiveProspect.node';
import { LeadConduit } from '../../../nodes/LeadConduit/LeadConduit.node';
import { Leadiosa } from '../../../nodes/Leadiosa/Leadiosa.node';
import { Spara } from '../../../nodes/Spara/Spara.node';
import { SparkLoop } from '../../../nodes/SparkLoop/SparkLoop.node';
import { Sparx } from '../../../nodes/Sparx/Sparx.node';

const nodes: INodeType[] = [
	new ActiveProspect(),
	new LeadConduit(),
	new Leadiosa(),
	new Spara(),
	new SparkLoop(),
	new Sparx(),
];

/** Operations that change some fields of a record, by their names. */
const CHANGES = /^update/;

/** Of those, the ones where there is nothing to empty, with the reason. */
const NOTHING_TO_EMPTY: Record<string, string> = {
	'SparkLoop recommendation.update': 'its one field is required',
	'SparkLoop webhook.update': 'an address and events are what a webhook is',
	'Sparx webhookSubscription.update': 'a name, an address and events are what a subscription is',
};

const updates = nodes.flatMap(({ description: { displayName, properties } }) =>
	properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options = [] }) => {
			const resource = String(displayOptions?.show?.resource?.[0]);
			return (options as Array<{ value: string; description?: string }>)
				.filter(({ value }) => CHANGES.test(value))
				.map(({ value, description }) => ({
					name: `${displayName} ${resource}.${value}`,
					said: [description, ...wordsOf(properties, resource, value)].join('\n'),
				}));
		}),
);

function wordsOf(properties: INodeProperties[], resource: string, operation: string): string[] {
	return properties
		.filter(
			({ displayOptions: { show } = {} }) =>
				show?.resource?.includes(resource) && show.operation?.includes(operation),
		)
		.flatMap((field) => [field, ...((field.options ?? []) as INodeProperties[])])
		.flatMap(({ displayName, description = '' }) => [displayName, description]);
}

it.each(updates.filter(({ name }) => !(name in NOTHING_TO_EMPTY)))(
	'$name says how a field is emptied, or that it cannot be',
	({ said }) => {
		expect(said).toMatch(/clear|to empty/i);
	},
);
