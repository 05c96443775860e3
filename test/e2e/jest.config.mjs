// Not a project of the ordinary jest.config.mjs: these tests start a real n8n, which `npm test` must not need.
import base from '../../jest.config.mjs';

const { transform, moduleFileExtensions, modulePathIgnorePatterns } = base.projects[0];

export default {
	rootDir: '../..',
	displayName: 'e2e',
	testMatch: ['<rootDir>/test/e2e/**/*.test.mts'],
	testEnvironment: 'node',
	transform,
	moduleFileExtensions,
	modulePathIgnorePatterns,
	// The first run on a machine installs n8n, which takes minutes.
	testTimeout: 15 * 60_000,
	maxWorkers: 1,
};
