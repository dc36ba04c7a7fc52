import { Turns } from '../../../nodes/shared/transport/turns.ts';

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
		const turns = new Turns();
		const results = await Promise.allSettled([
			turns.take('numbers', work('a')),
			turns.take('numbers', work('b', true)),
			turns.take('numbers', work('c')),
		]);
		expect(
			results.map((result) => (result.status === 'fulfilled' ? result.value : result.reason.message)),
		).toEqual(['a', 'b', 'c']);
		expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
	});

	it('of different names do not wait for each other', async () => {
		const turns = new Turns();
		let release = (): void => {};
		const held = turns.take('one', async () => await new Promise<void>((resolve) => (release = resolve)));
		expect(await turns.take('other', async () => 'free')).toBe('free');
		release();
		await held;
	});
});
