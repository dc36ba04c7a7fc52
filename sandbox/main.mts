import { startSandbox } from './server.mts';
import { vendors } from './vendors.mts';

const port = Number(process.env.SANDBOX_PORT ?? 4010);

try {
	const { url, close } = await startSandbox({ port });
	for (const [name, { basePath }] of Object.entries(vendors))
		console.log(`${name.padEnd(12)} ${url}/${name}${basePath}`);
	console.log(`${'admin'.padEnd(12)} ${url}/admin`);
	console.log(`${'page'.padEnd(12)} ${url}/`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
} catch (error) {
	if (error.code !== 'EADDRINUSE') throw error;
	console.error(
		`Port ${port} is in use. Stop what listens there, or choose another with SANDBOX_PORT=<port>.`,
	);
	process.exitCode = 1;
}
