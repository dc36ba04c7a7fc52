import type { EntryHelpers } from '../../../nodes/shared/operation/claimStore.ts';

/** How long n8n's database takes for one reading or writing, in ms; called for each. */
export type Latency = () => number;

/**
 * n8n's table of processed data as several processes share it (n8n 2.40.7, deduplication/deduplication-helper.js): each
 * call reads all entries of a node, changes them and writes all of them back, and nothing keeps two calls apart. The
 * first call for a node inserts its row, which fails when another process was quicker.
 */
export class ProcessedData {
	readonly #rows = new Map<string, string[]>();

	calls = 0;

	/** The entries of a node, the oldest first. */
	entries(node: string): string[] {
		return this.#rows.get(node) ?? [];
	}

	/**
	 * What one process has of it.
	 * @param pause resolves after so many ms
	 */
	helpers(node: string, pause: (ms: number) => Promise<void>, latency: Latency = () => 0): EntryHelpers {
		const read = async (): Promise<string[] | undefined> => {
			this.calls++;
			await pause(latency());
			const row = this.#rows.get(node);
			const copy = row && [...row];
			await pause(latency());
			return copy;
		};
		return {
			checkProcessedAndRecord: async (items, scope, { mode, maxEntries }) => {
				if (scope !== 'node' || mode !== 'entries') throw new Error('Not what the package uses');
				const row = await read();
				const known = new Set(row);
				const added = items.map(String).filter((item) => !known.has(item));
				const written = [...(row ?? []), ...added];
				if (maxEntries) written.splice(0, written.length - maxEntries);
				if (!row && this.#rows.has(node)) throw new Error('UNIQUE constraint failed: processed_data');
				this.#rows.set(node, written);
				return { new: added, processed: items.filter((item) => known.has(String(item))) };
			},
			removeProcessed: async (items) => {
				const row = await read();
				if (!row) return;
				for (const item of items) {
					const index = row.indexOf(String(item));
					if (index !== -1) row.splice(index, 1);
				}
				this.#rows.set(node, row);
			},
		};
	}
}
