import config from '../jest.config.mjs';

const unit = config.projects.find(({ displayName }) => displayName === 'unit');

/** The tests that are run over each mutant: those of the transport. */
export default {
	...unit,
	rootDir: '..',
	testMatch: ['<rootDir>/test/unit/transport/**/*.test.mts'],
	testTimeout: config.testTimeout,
};
