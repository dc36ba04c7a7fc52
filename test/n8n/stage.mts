import { findFreePort } from '../../lab/ports.mts';
import { startN8n, type N8nVersion, type RunningN8n } from '../../lab/n8n.mts';
import { Editor } from '../../lab/rest.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';

export type Stage = {
	n8n: RunningN8n;
	editor: Editor;
	sandbox: Sandbox;
	sandboxUrl: string;
	close(): Promise<void>;
};

/**
 * A sandbox of its own and a fresh n8n that holds the package as packed by the global setup.
 * @param environment further variables for n8n
 */
export async function openStage(
	version: N8nVersion,
	environment: Record<string, string> = {},
): Promise<Stage> {
	const tarball = process.env.LEADWIRE_TARBALL;
	if (!tarball) throw new Error('The global setup has not packed the package.');
	const { url: sandboxUrl, sandbox, close } = await startSandbox({ port: 0 });
	const n8n = await startN8n({ version, tarball, port: await findFreePort(), environment });
	const editor = await Editor.open(n8n.url);
	return {
		n8n,
		editor,
		sandbox,
		sandboxUrl,
		async close() {
			await n8n.stop();
			await close();
		},
	};
}
