import { aimd, fullJitter, leadwire, type Client } from './clients.mts';
import { play, type Scenario } from './scenario.mts';

const which = process.argv[2];
const only = process.argv[3];
const MIN = { limit: 60, windowMs: 60_000 };
const scenarios: Record<string, Record<string, Scenario>> = {
	silent: Object.fromEntries(
		[1, 2, 4, 8].map((n) => [`silent N=${n}`, { processes: n, minutes: 60, server: MIN }]),
	),
	steady: Object.fromEntries(
		[2, 4, 8].map((n) => [`steady N=${n}`, { processes: n, minutes: 120, fromMinute: 60, server: MIN }]),
	),
	churn: {
		churn: {
			processes: 4,
			minutes: 60,
			server: MIN,
			isActive: (w, m) => (w === 0 ? m < 40 : w === 1 ? m >= 10 : w === 2 ? m >= 20 && m < 50 : m >= 30),
		},
	},
	ra: Object.fromEntries(
		[1, 2, 4, 8].map((n) => [
			`RA N=${n}`,
			{ processes: n, minutes: 60, server: { ...MIN, retryAfter: true } },
		]),
	),
	headers: Object.fromEntries(
		['fixed', 'rolling'].flatMap((mode) =>
			[1, 2, 4, 8].map((n) => [
				`headers 300/min ${mode} N=${n}`,
				{
					processes: n,
					minutes: 30,
					server: {
						limit: 300,
						windowMs: 60_000,
						headers: true,
						retryAfter: true,
						mode,
					} as Scenario['server'],
				},
			]),
		),
	),
	hmore: Object.fromEntries(
		[
			[60, 60_000],
			[1000, 3_600_000],
		].flatMap(([limit, windowMs]) =>
			['fixed', 'rolling'].flatMap((mode) =>
				[2, 4, 8].map((n) => [
					`headers ${limit}/${windowMs / 1000}s ${mode} N=${n}`,
					{
						processes: n,
						minutes: windowMs > 60_000 ? 240 : 60,
						server: { limit, windowMs, headers: true, retryAfter: true, mode } as Scenario['server'],
					},
				]),
			),
		),
	),
	sizes: Object.fromEntries(
		[
			[120, 60_000],
			[300, 60_000],
			[60, 6_000],
		].flatMap(([limit, windowMs]) =>
			[1, 2, 4, 8].map((n) => [
				`silent ${limit}/${windowMs / 1000}s N=${n}`,
				{ processes: n, minutes: (60 * windowMs) / 60000, server: { limit, windowMs } },
			]),
		),
	),
};
const clients: Record<string, Client> = { leadwire, 'full jitter': fullJitter, 'AIMD .9': aimd(0.9, 1) };
void (async () => {
	for (const [group, rows] of Object.entries(scenarios)) {
		if (which && which !== group) continue;
		for (const [name, scenario] of Object.entries(rows))
			for (const [clientName, client] of Object.entries(clients)) {
				if (only && !clientName.startsWith(only)) continue;
				const t = performance.now();
				const { share, rejected, fairness, longestWaitMs, worlds } = await play(
					client,
					scenario,
					process.env.SEED ? process.env.SEED.split(',').map(Number) : undefined,
				);
				console.log(
					`${name.padEnd(30)} ${clientName.padEnd(12)} share ${(100 * share).toFixed(1)} %  rejected ${(100 * rejected).toFixed(2)} %  Jain ${fairness.toFixed(2)}  longest ${(longestWaitMs / 1000).toFixed(0)} s  (${(performance.now() - t).toFixed(0)} ms)`,
				);
				if (process.env.DBG) {
					const w = worlds[0],
						s0 = w.arrivals[0].at;
					for (let m = 0; m < Math.min(scenario.minutes, +process.env.DBG); m++) {
						const a = w.arrivals.filter((x) => Math.floor((x.at - s0) / 60000) === m);
						console.log(
							'   minute',
							m,
							Array.from(
								{ length: scenario.processes },
								(_, i) => a.filter((x) => x.ok && x.process === i).length,
							).join('/'),
							'rej',
							Array.from(
								{ length: scenario.processes },
								(_, i) => a.filter((x) => !x.ok && x.process === i).length,
							).join('/'),
						);
					}
				}
			}
	}
	process.exit(0);
})();
