import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	url: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** A webhook receiver on loopback that keeps what it gets and answers the statuses given, then 200, with `answer`. */
export async function startReceiver(statuses: number[] = [], answer = '') {
	const received: Received[] = [];
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk);
		received.push({
			url: request.url ?? '',
			headers: request.headers,
			body: Buffer.concat(chunks).toString(),
		});
		response.writeHead(statuses.shift() ?? 200).end(answer);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
		received,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
