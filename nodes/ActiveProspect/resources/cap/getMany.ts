import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { filterCollection } from '../../../shared/operation/collection';
import { withoutEmpty } from '../../../shared/data/values';
import { operation } from '../../../shared/operation/operation';
import type { Send } from '../../../shared/transport/transport';

import { listOf } from '../../lists';
import { flowFilter } from '../pickers';

const KINDS = { cap: 'caps', pingLimit: 'ping_limits' } as const;

async function counters(
	kind: keyof typeof KINDS,
	flowId: string | undefined,
	send: Send,
): Promise<IDataObject[]> {
	const query = { flow_id: flowId || undefined };
	const rows = listOf(await send({ method: 'GET', path: [KINDS[kind]], query }));
	return rows.map((row) => {
		const [used, maximum] = [Number(row.count), Number(row.maximum)];
		const usagePercent = maximum > 0 ? Math.round((used / maximum) * 1000) / 10 : undefined;
		return { kind, ...row, ...withoutEmpty({ usagePercent }) };
	});
}

/** Volume caps and ping limits; a full one declines leads (docs/vendors/activeprospect.md#caps). */
export const getMany = operation({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many caps',
	description:
		'List volume caps and ping limits with how much of them is used, in per cent. ActiveProspect leaves out those that nothing has counted towards.',
	fields: [
		filterCollection([
			flowFilter,
			{
				displayName: 'Kind',
				name: 'kind',
				type: 'options',
				options: [
					{ name: 'Ping Limits', value: 'pingLimit', description: 'How many pings are taken' },
					{ name: 'Volume Caps', value: 'cap', description: 'How many leads are taken' },
				],
				default: 'cap',
			},
		]),
	],
	input: z.object({
		filters: z
			.object({ flowId: z.string(), kind: z.enum(['cap', 'pingLimit']) })
			.partial()
			.default({}),
	}),
	safety: 'safe',
	list: {
		async *pages({ filters }, send) {
			const kinds = filters.kind ? [filters.kind] : (['cap', 'pingLimit'] as const);
			for (const kind of kinds) yield await counters(kind, filters.flowId, send);
		},
		recordId: (record) => `${String(record.kind)} ${String(record.id ?? JSON.stringify(record))}`,
	},
});
