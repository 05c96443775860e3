// Not a project of the ordinary jest.config.mjs: these tests start a real n8n, which `npm test` must not need.
import { join } from 'node:path';

import base from '../../jest.config.mjs';

const { transform, moduleFileExtensions, modulePathIgnorePatterns } = base.projects[0];

// The first run on a machine installs n8n, which takes minutes.
const testTimeout = 15 * 60_000;

/** One project for each n8n, `npx jest -c test/e2e/jest.config.mjs --selectProjects n8n-1.123` runs one of them. */
const inRelease = (line, testPathIgnorePatterns) => ({
	rootDir: join(import.meta.dirname, '..', '..'),
	displayName: `n8n-${line}`,
	testMatch: ['<rootDir>/test/e2e/*.test.mts'],
	testPathIgnorePatterns,
	testEnvironment: '<rootDir>/test/e2e/release-environment.mjs',
	testEnvironmentOptions: { release: line },
	transform,
	moduleFileExtensions,
	modulePathIgnorePatterns,
	testTimeout,
});

export default {
	// The editor of 1.123 has other buttons, and its page after a form sometimes does not go on by itself (seen on a busy
	// machine): people at forms are tested in 2.41. What the nodes do is tested in both.
	projects: [
		inRelease('2.41', []),
		inRelease('1.123', ['/editor\\.test', '/examples-approval\\.test']),
	],
	testTimeout,
	maxWorkers: 1,
};
