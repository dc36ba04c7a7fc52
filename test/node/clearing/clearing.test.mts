import { SparkLoopApi } from '../../../credentials/SparkLoopApi.credentials';
import { SparkLoop } from '../../../nodes/SparkLoop/SparkLoop.node';
import { runNode } from '../engine/run.mts';
import { ACCOUNT, FAST, openSparkLoop } from '../sparkloop/stage.mts';
import { openStage } from '../leadiosa/stage.mts';

/** Much more than it takes, for a machine that does other things meanwhile. */
jest.setTimeout(60_000);

it('Leadiosa: a null among the Fields (JSON) is sent', async () => {
	const stage = await openStage();
	const conversationId = (await stage.run('conversation', 'getMany', { limit: 1 })).items[0].json.id;
	const { error } = await stage.run('conversation', 'update', {
		conversationId,
		additionalFields: { json: '{ "priority": null }' },
	});
	expect(error).toBeUndefined();
	expect(stage.leadiosa.requests()[0].sent).toBe('{"priority":null}');
	await stage.close();
});

it('SparkLoop: a null in the body of an API request is sent', async () => {
	const stage = await openSparkLoop();
	const { error } = await runNode({
		node: new SparkLoop(),
		type: 'n8n-nodes-leadwire.sparkLoop',
		parameters: {
			resource: 'apiRequest',
			operation: 'send',
			method: 'PUT',
			path: '/subscribers/reader-1@news.example',
			body: '{ "name": null }',
		},
		items: [{}],
		credentials: { sparkLoopApi: { apiKey: ACCOUNT.key, baseUrl: stage.baseUrl, ...FAST } },
		credentialTypes: [new SparkLoopApi()],
	});
	expect(stage.sandbox.requests()[0].sent).toBe('{"name":null}');
	expect(error?.message ?? 'done').toMatch(/done|SparkLoop did not accept the request/);
	await stage.close();
});
