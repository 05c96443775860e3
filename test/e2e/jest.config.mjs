// Not projects of the ordinary jest.config.mjs: these tests start a real n8n, which `npm test` must not need.
import { join } from 'node:path';

import baseUrl from '../../jest.config.mjs';

const { transform, moduleFileExtensions, modulePathIgnorePatterns } = baseUrl.projects[0];

export const shared = {
	// The first run on a machine installs n8n, which takes minutes.
	testTimeout: 30 * 60_000,
	maxWorkers: 1,
};

/** The tests of one n8n. `npx jest -c test/e2e/jest.config.mjs --selectProjects n8n-1.123` runs one of them. */
export const inRelease = (line, name, tests, testPathIgnorePatterns = []) => ({
	rootDir: join(import.meta.dirname, '..', '..'),
	displayName: `${name}-${line}`,
	testMatch: [`<rootDir>/${tests}`],
	testPathIgnorePatterns,
	testEnvironment: '<rootDir>/test/e2e/release-environment.mjs',
	testEnvironmentOptions: { release: line },
	transform,
	moduleFileExtensions,
	modulePathIgnorePatterns,
	testTimeout: shared.testTimeout,
});

const all = 'test/e2e/*.test.mts';
// The editor of 1.123 has other buttons, and its page after a form sometimes does not go on by itself (seen on a busy
// machine): people at forms are tested in 2.41. What the nodes do is tested in both.
const notIn1 = ['/editor\\.test', '/examples-approval\\.test', '/screenshots\\.test'];

export default {
	...shared,
	projects: [inRelease('2.41', 'n8n', all), inRelease('1.123', 'n8n', all, notIn1)],
};
