import { KeyedMutex } from '../../../nodes/shared/transport/keyedMutex.ts';

describe('turns', () => {
	const logged =
		(log: string[]) =>
		(name: string, fails = false) =>
		async (): Promise<string> => {
			log.push(`${name} starts`);
			await Promise.resolve();
			log.push(`${name} ends`);
			if (fails) throw new Error(name);
			return name;
		};

	it('go one after another, also after one that failed, and give what the work gave', async () => {
		const log: string[] = [];
		const work = logged(log);
		const turns = new KeyedMutex();
		const results = await Promise.allSettled([
			turns.runExclusive('numbers', work('a')),
			turns.runExclusive('numbers', work('b', true)),
			turns.runExclusive('numbers', work('c')),
		]);
		expect(
			results.map((result) => (result.status === 'fulfilled' ? result.value : result.reason.message)),
		).toEqual(['a', 'b', 'c']);
		expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
	});

	it('of different names do not wait for each other', async () => {
		const turns = new KeyedMutex();
		let release = (): void => {};
		const held = turns.runExclusive(
			'one',
			async () => await new Promise<void>((resolve) => (release = resolve)),
		);
		expect(await turns.runExclusive('other', async () => 'free')).toBe('free');
		release();
		await held;
	});
});
