import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { listOf } from '../../lists';
import { period, reportId } from '../pickers';

/** The type that is declared for rows looks wrong, so they are passed on (docs/vendors/activeprospect.md#reports). */
export const run = operation({
	name: 'Run',
	value: 'run',
	action: 'Run report',
	description: 'Get the rows of a saved report over a period',
	fields: [reportId, ...period],
	input: z.object({ reportId: id, start: z.string(), end: z.string() }),
	safety: 'safe',
	run: async (input, send) => {
		const query = { start: input.start, end: input.end };
		return listOf(await send({ method: 'GET', path: ['reports', input.reportId, 'run'], query }));
	},
});
