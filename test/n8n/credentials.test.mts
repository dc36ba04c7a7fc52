import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { IDataObject } from 'n8n-workflow';
import type { N8nVersion } from '../../lab/n8n.mts';
import { leadwireNode, manual, MANUAL_TRIGGER } from '../../lab/workflows.mts';
import { openStage, type Stage } from './stage.mts';

const versions: N8nVersion[] = ['2.40.7', '1.123.81'];

/** An address of this machine at which it is not on loopback. */
const networkAddress = Object.values(networkInterfaces())
	.flat()
	.find((address) => address?.family === 'IPv4' && !address.internal)?.address;

/** Each vendor's credential: its fields for an API at an address. */
const credentials: Record<string, (baseUrl: string) => IDataObject> = {
	leadConduitApi: (baseUrl) => ({ apiKey: 'a-wrong-key', environment: 'custom', baseUrl }),
	leadiosaApi: (baseUrl) => ({ apiKey: 'a-wrong-key', baseUrl }),
	sparaApi: (baseUrl) => ({ apiKey: 'a-wrong-key', baseUrl }),
	sparkLoopApi: (baseUrl) => ({ apiKey: 'a-wrong-key', baseUrl }),
	sparxApi: (baseUrl) => ({ apiKey: 'a-wrong-key', baseUrl }),
};
const basePaths: Record<string, string> = {
	leadConduitApi: 'leadconduit/api/v1',
	leadiosaApi: 'leadiosa/api/v1',
	sparaApi: 'spara/v1',
	sparkLoopApi: 'sparkloop/v2',
	sparxApi: 'sparx/v1',
};

/** Answers /<status>/... with that status and a web page, and remembers what came. */
async function startServer(host: string) {
	const requests: string[] = [];
	const server: Server = createServer(({ url = '', headers }, response) => {
		requests.push(`${url} ${JSON.stringify(headers)}`);
		const status = Number(url.split('/')[1]) || 200;
		response.writeHead(status, { 'content-type': 'text/html', location: '/200/elsewhere' });
		response.end('<html><body>Somebody else</body></html>');
	});
	await new Promise<void>((resolve) => server.listen(0, host, resolve));
	const { port } = server.address() as AddressInfo;
	return { url: `http://${host}:${port}`, requests, close: () => server.close() };
}

/** Where a 404 may mean more than a wrong address. */
const notFound: Record<string, RegExp> = {
	leadConduitApi:
		/^There is no LeadConduit API with \/api\/v1 at this address\. Check Environment and Base URL\. .+ belongs in the credential ActiveProspect API/,
};

describe.each(versions)('credential tests on n8n %s', (version) => {
	let stage: Stage;
	let server: Awaited<ReturnType<typeof startServer>>;

	beforeAll(async () => {
		stage = await openStage(version);
		server = await startServer('127.0.0.1');
	}, 180_000);

	afterAll(async () => {
		server?.close();
		await stage?.close();
	}, 30_000);

	/** n8n 1.x knows no status of a refused request here, and says something of its own about it. */
	const ours = (words: RegExp) => (version === '1.123.81' ? /^.{20,}$/ : words);

	const test = async (type: string, baseUrl: string) =>
		await stage.editor.testCredential(
			await stage.editor.createCredential(type, type, credentials[type](baseUrl)),
		);

	describe.each(Object.keys(credentials))('%s', (type) => {
		it('says what to do about a wrong key', async () => {
			const { status, message } = await test(type, `${stage.sandboxUrl}/${basePaths[type]}`);
			expect(status).toBe('Error');
			expect(message).toMatch(ours(/^\w+ did not accept the API key\. Copy it again from \w+: .+\.$/));
		});

		it.each([
			['200/a web page', '200', /^This Base URL does not answer like \w+\. Check the address/],
			['302', '302', /^This Base URL leads on to another address, where the API key must not go/],
			['402', '402', /^\w+ wants a plan that includes the API/],
			[
				'403',
				'403',
				/^\w+ knows this API (key|token), but does not allow it to read.+ plan includes the API\.$/,
			],
			['404', '404', notFound[type] ?? /^There is no \w+ API at this Base URL\. Check the address/],
			['429', '429', /^The rate limit of \w+ is used up just now/],
			['503', '503', /^\w+ could not answer just now\. It has not refused the API key/],
		])('says what to do about %s', async (_, path, words) => {
			const { status, message } = await test(type, `${server.url}/${path}`);
			const told = status === 'Error' && path !== '200' ? ours(words) : words;
			expect({ status, message }).toEqual({ status: 'Error', message: expect.stringMatching(told) });
			expect(server.requests.join()).not.toContain('elsewhere');
		});

		it.each([
			['', /^The Base URL of the credential is not a URL\. Enter a full address/],
			['api.example.com/v1', /^The Base URL of the credential is not a URL\. Enter a full address/],
		])('says what to do about the address "%s"', async (baseUrl, words) => {
			expect(await test(type, baseUrl)).toEqual({
				status: 'Error',
				message: expect.stringMatching(words),
			});
		});

		it('sends no key over plain http off loopback', async () => {
			const outside = await startServer(networkAddress as string);
			const { status, message } = await test(type, `${outside.url}/200`);
			outside.close();
			expect(status).toBe('Error');
			expect(message).toMatch(
				/^The Base URL of the credential must start with https:\/\/\. Plain http:\/\/ would show/,
			);
			expect(outside.requests).toEqual([]);
		});
	});

	it("n8n's own HTTP Request node sends no key over plain http either", async () => {
		const outside = await startServer(networkAddress as string);
		const credential = await stage.editor.createCredential('sparaApi', 'Spara', {
			apiKey: 'a-wrong-key',
			baseUrl: `${outside.url}/200`,
		});
		const run = async (url: string) => {
			const node = leadwireNode('Request', 'httpRequest', 'sparaApi', {
				url,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'sparaApi',
			});
			const httpRequest = { ...node, type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2 };
			const workflow = await stage.editor.createWorkflow(manual([{}], httpRequest), [credential]);
			return await stage.editor.run(workflow, MANUAL_TRIGGER);
		};
		const refused = await run(`${outside.url}/200`);
		const sent = await run(`${server.url}/200/with-key`);
		outside.close();
		expect(refused.data.resultData.error?.message).toContain('must start with https://');
		expect(outside.requests).toEqual([]);
		expect(sent.data.resultData.error).toBeUndefined();
		expect(server.requests.find((request) => request.includes('with-key'))).toContain('Bearer a-wrong-key');
	});
});
