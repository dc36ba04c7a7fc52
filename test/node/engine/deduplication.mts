import { setTimeout as sleep } from 'node:timers/promises';
import { DataDeduplicationService } from 'n8n-core';
import type { IDataDeduplicator } from 'n8n-workflow';
import { ProcessedData, type Latency } from '../../unit/support/processedData.mts';

/**
 * Gives the engine of this process n8n's table of processed data, and gives that. Once for each test file, as n8n does
 * once for each process; `reset` empties it.
 */
export async function initDeduplication(
	latency?: Latency,
): Promise<{ table(): ProcessedData; reset(): void; breakDown(isBroken: boolean): void }> {
	let table = new ProcessedData();
	let isBroken = false;
	const helpersFor: (
		contextData: Parameters<IDataDeduplicator['removeProcessed']>[2],
	) => ReturnType<ProcessedData['helpers']> = ({ node, workflow }) => {
		if (isBroken) throw new Error('database is locked');
		const pause = async (ms: number): Promise<void> => {
			if (ms > 0) await sleep(ms);
		};
		return table.helpers(`${workflow.id} ${node?.id}`, pause, latency);
	};
	const unused = async (): Promise<never> => {
		throw new Error('Not what the package uses');
	};
	await DataDeduplicationService.init({
		checkProcessedAndRecord: async (items, scope, contextData, options) =>
			await helpersFor(contextData).checkProcessedAndRecord(items, scope, options),
		removeProcessed: async (items, scope, contextData, options) =>
			await helpersFor(contextData).removeProcessed(items, scope, options),
		clearAllProcessedItems: unused,
		getProcessedDataCount: unused,
	});
	return {
		table: () => table,
		reset: () => {
			table = new ProcessedData();
			isBroken = false;
		},
		breakDown: (broken) => {
			isBroken = broken;
		},
	};
}
