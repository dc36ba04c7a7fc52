/** `npm start`: makes the development tree ready, then runs the demo on the Node.js 24 found there. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runScript } from './command.mjs';
import { node24, prepareDevelopmentTree } from './install.mjs';

await runScript(async () => {
	await prepareDevelopmentTree();
	const demo = spawn(
		node24,
		[
			'--import',
			new URL('n8nAsCommonJs.mjs', import.meta.url).href,
			fileURLToPath(new URL('demo.mts', import.meta.url)),
			...process.argv.slice(2),
		],
		{
			cwd: fileURLToPath(new URL('..', import.meta.url)),
			stdio: 'inherit',
		},
	);
	// Ctrl-C reaches the demo too, which ends what it has started; this process has only to outlive it.
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
		process.on(signal, () => demo.kill(signal));
	process.exitCode = await new Promise((resolve) => demo.on('exit', (code) => resolve(code ?? 1)));
});
