/** Mutation tests of the limiter and of retrying (`npm run mutate`): whether a test notices each small change to them. */
export default {
	mutate: [
		'nodes/shared/transport/rateLimit/*.ts',
		'nodes/shared/transport/retry.ts',
		'nodes/shared/transport/retryBudget.ts',
		'nodes/shared/transport/outcome.ts',
		'nodes/shared/transport/headers.ts',
	],
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner'],
	jest: { projectType: 'custom', configFile: 'lab/mutationTests.config.mjs' },
	coverageAnalysis: 'perTest',
	concurrency: 1,
	dryRunTimeoutMinutes: 20,
	// A mutant that loops for ever is noticed all the same.
	timeoutMS: 20_000,
	reporters: ['clear-text', 'json', 'progress-append-only'],
	jsonReporter: { fileName: '.cache/mutation.json' },
	tempDirName: '.cache/stryker',
	ignorePatterns: ['dist', '.cache', 'docs/images', 'examples'],
};
