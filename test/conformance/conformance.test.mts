import { problemsOfCredential, problemsOfDrawing, problemsOfVendor } from './credentialChecks.mts';
import { problemsOfEvents, sampleDeliveries } from './eventChecks.mts';
import { SAFETY_EXCEPTIONS } from './exceptions.mts';
import { problemsOfNode } from './nodeChecks.mts';
import { problemsOfOperation, problemsOfResources, placeOf } from './operationChecks.mts';
import { credentials, nodes, problemsOfManifest, problemsOfRoom, rooms } from './rooms.mts';

/** Fails with what is to be done, one line each. */
function expectNone(problems: string[]): void {
	const list = [...new Set(problems)];
	if (list.length > 0) throw new Error(`${list.length} to do:\n  - ${list.join('\n  - ')}`);
}

it('the package lists every node and credential, and has what it lists', () => {
	expectNone(problemsOfManifest());
});

describe.each(rooms)('$folder', (room) => {
	const { vendor, resources, folder } = room;

	it('has all that a vendor needs', () => {
		expectNone(problemsOfRoom(room));
	});

	it('states its operations rightly', async () => {
		if (!vendor || !resources) return;
		const problems = problemsOfResources(resources, folder);
		for (const resource of resources) {
			for (const operation of resource.operations) {
				const reason = SAFETY_EXCEPTIONS[`${vendor.platform} ${placeOf(resource, operation)}`];
				problems.push(...(await problemsOfOperation(operation, resource, vendor, Boolean(reason))));
			}
		}
		expectNone(problems);
	});

	it('states its credential rightly', () => {
		if (!vendor) return;
		const { name } = vendor.credential;
		const found = credentials.find(({ credential }) => credential.name === name);
		expectNone([
			...problemsOfVendor(vendor, folder),
			...(found ? problemsOfCredential(found.credential, found.path) : [`credentials/: there is no ${name}`]),
			...['', '.dark'].flatMap((theme) => problemsOfDrawing(`icons/${vendor.platform}${theme}.svg`)),
		]);
	});

	it('names things rightly in its nodes', () => {
		expectNone(nodes.filter((node) => node.room === folder).flatMap((node) => problemsOfNode(node, room)));
	});

	it('reads each of its events', async () => {
		if (!vendor || !room.events) return;
		const samples = await sampleDeliveries(vendor.platform);
		expectNone(problemsOfEvents(room.events, vendor, samples, folder));
	});
});
