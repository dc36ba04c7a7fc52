import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ZodError } from 'zod';
import { Refusal } from '../refusal.mts';
import type { CommandTable } from './command.mts';

interface CommandRequest extends FastifyRequest {
	params: { vendor: string; command: string };
}

/**
 * The admin API: `POST /admin/<vendor>/<command>` with the input as JSON, or GET with a query for commands that only
 * look. Answers the output as JSON; 400 with `{message}` for a wrong input, 404 for an unknown vendor or command.
 */
export function adminPlugin(vendors: Record<string, CommandTable>) {
	const find = ({ params }: CommandRequest) => {
		const command = vendors[params.vendor]?.[params.command];
		if (!command) throw new Refusal(404, `no command "${params.command}" for vendor "${params.vendor}"`);
		return command;
	};

	return async (app: FastifyInstance) => {
		app.get('/', async () =>
			Object.fromEntries(Object.entries(vendors).map(([name, table]) => [name, Object.keys(table)])),
		);

		app.get('/:vendor/:command', async (request, reply) => {
			const command = find(request as CommandRequest);
			if (!command.reads) throw new Refusal(405, 'this command changes something: use POST');
			return await answer(reply, command(request.query));
		});

		app.post('/:vendor/:command', async (request, reply) => {
			const command = find(request as CommandRequest);
			return await answer(reply, command(request.body ?? undefined));
		});

		app.setErrorHandler<Error>((error, _request, reply) => {
			const status = error instanceof ZodError ? 400 : error instanceof Refusal ? error.status : 500;
			const message =
				error instanceof ZodError
					? error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ')
					: error.message;
			return reply.code(status).send({ message });
		});
	};
}

const answer = async (reply: FastifyReply, output: unknown) => {
	const value = (await output) ?? null;
	return reply.type('application/json').send(JSON.stringify(value));
};
