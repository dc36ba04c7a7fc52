import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import type { Resource } from '../../nodes/shared/operation/operation.ts';
import type { Vendor } from '../../nodes/shared/vendor.ts';
import type { EventCatalogue } from '../../nodes/shared/webhook/events.ts';
import type { WebhookRegistration } from '../../nodes/shared/webhook/registration.ts';

/** What is wrong with something, and what to create or change where; one entry of a to-do list. */
export type Problem = string;

const ROOT = resolve(__dirname, '../..');

interface Manifest {
	name: string;
	keywords: string[];
	description: string;
	n8n: { nodes: string[]; credentials: string[] };
}

export const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;

/** A node of the package. Paths are relative to the repository. */
export interface PackagedNode {
	path: string;
	room: string;
	node: INodeType;
}

/** What one vendor's folder holds of the files that every room has; without a file its values are `undefined`. */
export interface Room {
	folder: string;
	vendor?: Vendor<string>;
	resources?: Array<Resource<string>>;
	events?: EventCatalogue;
	registration?: WebhookRegistration;
}

export function exists(path: string): boolean {
	return existsSync(join(ROOT, path));
}

export function textOf(path: string): string {
	return exists(path) ? readFileSync(join(ROOT, path), 'utf8') : '';
}

/** `dist/nodes/Acme/Acme.node.js` is made from `nodes/Acme/Acme.node.ts`. */
export function sourceOf(listed: string): string {
	return listed.replace(/^dist\//, '').replace(/\.js$/, '.ts');
}

function exportsOf(path: string): Record<string, unknown> {
	return exists(path) ? (jest.requireActual(join(ROOT, path)) as Record<string, unknown>) : {};
}

/** The class of a node or credential: n8n finds it by the name of the file. */
export function classIn<Kind>(path: string): (new () => Kind) | undefined {
	const [name] = basename(path).split('.');
	return exportsOf(path)[name] as (new () => Kind) | undefined;
}

export const nodes: PackagedNode[] = manifest.n8n.nodes.map(sourceOf).flatMap((path) => {
	const Type = classIn<INodeType>(path);
	return Type ? [{ path, room: dirname(path), node: new Type() }] : [];
});

export const credentials = manifest.n8n.credentials.map(sourceOf).flatMap((path) => {
	const Type = classIn<ICredentialType>(path);
	return Type ? [{ path, credential: new Type() }] : [];
});

function isVendor(value: unknown): value is Vendor<string> {
	return typeof value === 'object' && value !== null && 'credential' in value && 'identity' in value;
}

function roomIn(folder: string): Room {
	const { resources } = exportsOf(`${folder}/resources/index.ts`);
	const { events } = exportsOf(`${folder}/events.ts`);
	const { registration } = exportsOf(`${folder}/webhooks.ts`);
	return {
		folder,
		vendor: Object.values(exportsOf(`${folder}/vendor.ts`)).find(isVendor),
		resources: resources as Room['resources'],
		events: events as EventCatalogue | undefined,
		registration: registration as WebhookRegistration | undefined,
	};
}

/** Every folder of `nodes` that belongs to a vendor, whether its nodes are in the package or not. */
export const rooms: Room[] = readdirSync(join(ROOT, 'nodes'))
	.filter((name) => name !== 'shared')
	.map((name) => roomIn(`nodes/${name}`));

/** Of the package itself: files that are listed and missing, and the other way round. */
export function problemsOfManifest(): Problem[] {
	const listed = [...manifest.n8n.nodes, ...manifest.n8n.credentials].map(sourceOf);
	const found = [
		...rooms.flatMap(({ folder }) =>
			readdirSync(join(ROOT, folder))
				.filter((name) => name.endsWith('.node.ts'))
				.map((name) => `${folder}/${name}`),
		),
		...readdirSync(join(ROOT, 'credentials')).map((name) => `credentials/${name}`),
	];
	return [
		...listed.filter((path) => !exists(path)).map((path) => `package.json lists ${path}: create it`),
		...listed
			.filter((path) => exists(path) && !classIn(path))
			.map((path) => `${path}: export a class ${basename(path).split('.')[0]}, as n8n looks for it`),
		...found
			.filter((path) => !listed.includes(path))
			.map((path) => `package.json: list dist/${path.replace(/\.ts$/, '.js')} under "n8n"`),
	];
}

/** What every vendor needs beside its nodes, so that people find it, can try it and can check its facts. */
export function problemsOfRoom({ folder, vendor, resources, events, registration }: Room): Problem[] {
	// Before there is a vendor, its folder says what it will be called.
	const { name, platform } = vendor ?? { name: basename(folder), platform: basename(folder).toLowerCase() };
	const own = nodes.filter(({ room }) => room === folder);
	const isWebhookTrigger = own.some(({ node }) => node.description.webhooks);
	const credential = `credentials/${basename(folder)}Api.credentials.ts`;
	const wanted: Array<[boolean, Problem]> = [
		[!vendor && !exists(credential), `${credential}: create it`],
		[!vendor, `${folder}/vendor.ts: create it, and export a Vendor (nodes/shared/vendor.ts)`],
		[!resources, `${folder}/resources/index.ts: create it, and export resources`],
		[
			own.length === 0,
			`${folder}/${basename(folder)}.node.ts: create it, and list it in package.json under "n8n"`,
		],
		[isWebhookTrigger && !events, `${folder}/events.ts: create it, and export events`],
		[isWebhookTrigger && !registration, `${folder}/webhooks.ts: create it, and export registration`],
		[!exists(`icons/${platform}.svg`), `icons/${platform}.svg: draw it`],
		[!exists(`icons/${platform}.dark.svg`), `icons/${platform}.dark.svg: draw it`],
		[!exists(`sandbox/${platform}`), `sandbox/${platform}/: create it`],
		[
			!textOf('sandbox/vendors.mts').includes(`/${platform}/`),
			`sandbox/vendors.mts: list the vendor ${platform}`,
		],
		[!textOf('README.md').includes(name), `README.md: say what can be done with ${name}`],
		[!manifest.keywords.includes(platform), `package.json: add the keyword ${platform}`],
		[!manifest.description.includes(name), `package.json: name ${name} in the description`],
		[platform !== platform.toLowerCase(), `${folder}/vendor.ts: the platform is written in lower case`],
	];
	return wanted.flatMap(([isMissing, problem]) => (isMissing ? [problem] : []));
}
