import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Gives a TCP port on 127.0.0.1 that is free now. */
export async function findFreePort(): Promise<number> {
	return await listenOnce(0);
}

/**
 * @param variable environment variable by which a person can choose another port
 * @throws Error that names the port and the variable when something listens on it
 */
export async function requireFreePort(port: number, variable: string): Promise<void> {
	await listenOnce(port).catch((error) => {
		throw new Error(
			`Port ${port} is not free (${error.code}). Stop what uses it, or choose another with ${variable}=<port>.`,
		);
	});
}

async function listenOnce(port: number): Promise<number> {
	const server = createServer();
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	const chosen = (server.address() as AddressInfo).port;
	server.close();
	await once(server, 'close');
	return chosen;
}
