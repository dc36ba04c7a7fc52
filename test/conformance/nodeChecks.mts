import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { NodeConnectionTypes } from 'n8n-workflow';
import { nodeProperties } from '../../nodes/shared/operation/properties.ts';
import { triggerProperties } from '../../nodes/shared/webhook/properties.ts';
import { recordedOutputs } from '../../lab/outputs/recording.mts';
import { placeOf } from './operationChecks.mts';
import { exists, manifest, textOf, type PackagedNode, type Problem, type Room } from './rooms.mts';
import { problemsOfField } from './texts.mts';

/** The categories that n8n lists. */
const CATEGORIES = [
	'Analytics',
	'Communication',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing & Content',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
];

/** Their answers are whatever was asked for. */
const UNKNOWN_SHAPE = ['apiRequest', 'graphql'];

interface Codex {
	node?: string;
	categories?: string[];
	resources?: Record<string, Array<{ url: string }>>;
	alias?: string[];
}

function problemsOfCodex({ path, node }: PackagedNode): Problem[] {
	const codexPath = path.replace(/\.ts$/, '.json');
	if (!exists(codexPath)) return [`${codexPath}: create it, so that n8n's search finds the node`];
	const { node: name, categories = [], resources = {}, alias = [] } = JSON.parse(textOf(codexPath)) as Codex;
	const wrong: Array<[boolean, Problem]> = [
		[
			name !== `${manifest.name}.${node.description.name}`,
			`${codexPath}: its node is "${manifest.name}.${node.description.name}"`,
		],
		[
			categories.length === 0 || categories.some((category) => !CATEGORIES.includes(category)),
			`${codexPath}: name categories of n8n's: ${CATEGORIES.join(', ')}`,
		],
		[!resources.primaryDocumentation?.length, `${codexPath}: name the page of documentation`],
		[!resources.credentialDocumentation?.length, `${codexPath}: name the page about the credential`],
		[alias.length < 3, `${codexPath}: name what people may search for (alias)`],
	];
	return wrong.flatMap(([isWrong, problem]) => (isWrong ? [problem] : []));
}

function problemsOfOutputs({ node }: PackagedNode, { resources = [] }: Room): Problem[] {
	const outputs = recordedOutputs(node.description.name);
	return resources
		.filter(({ value }) => !UNKNOWN_SHAPE.includes(value))
		.flatMap((resource) =>
			resource.operations
				.filter(({ value }) => Object.keys(outputs[resource.value]?.[value] ?? {}).length === 0)
				.map(
					(operation) =>
						`lab/outputs/recorded/${node.description.name}.json: ${placeOf(resource, operation)} has no output schema; ` +
						'run it in a test of test/node, then "npm run schemas"',
				),
		);
}

/** Whether a node shows what its room states, and has what every node of its kind has. */
export function problemsOfNode(packaged: PackagedNode, room: Room): Problem[] {
	const { path, node } = packaged;
	const { description } = node;
	const { vendor, resources, events, registration } = room;
	const { name, displayName, properties, icon, credentials = [], webhooks, polling } = description;
	const [className] = basename(path).split('.');
	const isTrigger = description.group.includes('trigger');
	const isWebhookTrigger = isTrigger && !polling;
	const stated = isWebhookTrigger
		? vendor && events && registration && triggerProperties(vendor, events, registration)
		: !isTrigger && resources && nodeProperties(resources);
	const hooks: object = node.webhookMethods?.default ?? {};
	const wrong: Array<[boolean, Problem]> = [
		[
			name !== className[0].toLowerCase() + className.slice(1),
			`${path}: its name is that of its class, ${className}, with a small first letter`,
		],
		[
			isTrigger !== className.endsWith('Trigger'),
			`${path}: the name of a trigger ends in Trigger, and no other`,
		],
		[isTrigger !== displayName.endsWith(' Trigger'), `${path}: so does its display name`],
		[
			isTrigger
				? description.inputs.length > 0
				: !description.inputs.includes(NodeConnectionTypes.Main as never),
			`${path}: a trigger has no input, an action has one`,
		],
		[!isTrigger && description.usableAsTool !== true, `${path}: AI agents can use it too (usableAsTool)`],
		[isTrigger && description.usableAsTool === true, `${path}: AI agents cannot use a trigger`],
		[!description.subtitle, `${path}: give it a subtitle`],
		[description.defaults.name !== displayName, `${path}: it is called "${displayName}" on the canvas too`],
		[
			credentials.length !== 1 || credentials[0].name !== vendor?.credential.name,
			`${path}: it has one credential, ${vendor?.credential.name}`,
		],
		[
			typeof icon !== 'object' || !icon.light.endsWith(`/${vendor?.platform}.svg`),
			`${path}: its icons are those of the vendor`,
		],
		[
			Boolean(stated) && !isDeepStrictEqual(properties, stated),
			`${path}: its properties are ${isTrigger ? 'triggerProperties(vendor, events, registration)' : 'nodeProperties(resources)'}, nothing more`,
		],
		[isWebhookTrigger && webhooks?.length !== 1, `${path}: it takes deliveries at one webhook`],
		[
			isWebhookTrigger && !['checkExists', 'create', 'delete'].every((hook) => hook in hooks),
			`${path}: its webhookMethods are webhookMethods(vendor, registration)`,
		],
		[
			isWebhookTrigger && Boolean(events?.respond) !== String(webhooks?.[0]?.responseMode).startsWith('='),
			`${path}: a catalogue with respond takes answeredDeliveries, one without deliveries`,
		],
		[isWebhookTrigger && !description.triggerPanel, `${path}: say in the triggerPanel how events get here`],
		[!textOf('README.md').includes(displayName), `README.md: name the node "${displayName}"`],
	];
	return [
		...wrong.flatMap(([isWrong, problem]) => (isWrong ? [problem] : [])),
		...problemsOfCodex(packaged),
		...(isTrigger ? [] : problemsOfOutputs(packaged, room)),
		...properties.flatMap((field) => problemsOfField(field, path)),
	];
}
