import type { IDataObject, INode } from 'n8n-workflow';
import { SparkLoopApi } from '../../../credentials/SparkLoopApi.credentials';
import { SparkLoop } from '../../../nodes/SparkLoop/SparkLoop.node';
import { runWorkflow } from '../engine/run.mts';
import { ACCOUNT, byId, openSparkLoop, type SparkLoopStage } from './stage.mts';

const type = 'n8n-nodes-leadwire.sparkLoop';

let stage: SparkLoopStage;
beforeAll(async () => (stage = await openSparkLoop()));
afterAll(async () => await stage.close());

const png = (bytes: number): Buffer =>
	Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(bytes - 8, 0xff)]);

/** Runs one publication operation over one item with a file in its binary field "picture". */
async function withFile(parameters: IDataObject, bytes: Buffer, mimeType: string) {
	const place = (name: string, nodeType: string, more: Partial<INode>): INode => ({
		id: name,
		name,
		type: nodeType,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...more,
	});
	const binary = { picture: { data: bytes.toString('base64'), mimeType, fileName: 'lo"go.png' } };
	const { error, runData } = await runWorkflow({
		nodeTypes: { [type]: new SparkLoop() },
		credentials: { sparkLoopApi: { apiKey: ACCOUNT.key, baseUrl: stage.baseUrl } },
		credentialTypes: [new SparkLoopApi()],
		workflow: {
			nodes: [
				place('Input', 'n8n-nodes-base.manualTrigger', {}),
				place('Node', type, {
					parameters: { resource: 'publication', ...parameters } as INode['parameters'],
				}),
			],
			connections: { Input: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
			pinData: { Input: [{ json: {}, binary }] },
		},
	});
	return { error, items: runData.Node?.[0]?.data?.main[0] ?? [] };
}

const create = {
	operation: 'create',
	name: 'With "logo"',
	categories: 'Technology, Marketing',
	logoBinaryField: 'picture',
	audienceGender: 'mixed',
	incomeLevels: '50k-100k',
	ageRanges: '25-34,35-44',
	additionalFields: { description: 'Zeilen\r\nzwei, é', status: 'active' },
};

it('creates a publication with its logo as a form, byte for byte', async () => {
	const { error, items } = await withFile(create, png(5000), 'image/png');
	expect(error).toBeUndefined();
	expect(items).toEqual([
		{
			json: expect.objectContaining({
				name: 'With "logo"',
				categories: ['Technology', 'Marketing'],
				status: 'active',
				logoUrl: expect.stringContaining('go.png'),
			}),
			pairedItem: { item: 0 },
		},
	]);
	const [stored] = stage.sandbox.partner().publications;
	expect(stored).toMatchObject({
		age_ranges: ['25-34', '35-44'],
		description: 'Zeilen\r\nzwei, é',
		logo_bytes: 5000,
	});
});

it('changes the logo of a publication', async () => {
	const parameters = {
		operation: 'update',
		publicationId: byId('pub_acme_1'),
		updateFields: { logoBinaryField: 'picture', autoPilot: true },
	};
	const { error } = await withFile(parameters, png(700), 'image/png');
	expect(error).toBeUndefined();
	expect(stage.sandbox.partner().publications.find(({ uuid }) => uuid === 'pub_acme_1')).toMatchObject({
		logo_bytes: 700,
		auto_pilot: true,
	});
});

it.each([
	['a GIF', png(100), 'image/gif', 'picture', 'The logo is of type image/gif'],
	['1 MB', png(1_000_000), 'image/png', 'picture', 'The logo is too large'],
	['no file', png(100), 'image/png', 'absent', 'absent'],
])('refuses %s before anything is sent', async (_name, bytes, mimeType, logoBinaryField, message) => {
	stage.sandbox.forget();
	const { error } = await withFile({ ...create, logoBinaryField }, bytes, mimeType);
	expect(`${error?.message} ${error?.description}`).toContain(message);
	expect(stage.sandbox.statistics().requests).toBe(0);
});
