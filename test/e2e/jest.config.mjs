// Not projects of the main jest.config.mjs: these tests start a real n8n, and `npm test` must run without one.
import { join } from 'node:path';

import base from '../../jest.config.mjs';

const { transform, moduleFileExtensions, modulePathIgnorePatterns } = base.projects[0];

export const shared = {
	// The first run on a machine installs n8n, which takes minutes.
	testTimeout: 30 * 60_000,
	maxWorkers: 1,
};

const common = {
	rootDir: join(import.meta.dirname, '..', '..'),
	transform,
	moduleFileExtensions,
	modulePathIgnorePatterns,
	testTimeout: shared.testTimeout,
};

/** The jest project for one n8n version. `npx jest -c test/e2e/jest.config.mjs --selectProjects n8n-1.123` runs one. */
export const projectFor = (version, name, tests, testPathIgnorePatterns = []) => ({
	...common,
	displayName: `${name}-${version}`,
	testMatch: [`<rootDir>/${tests}`],
	testPathIgnorePatterns,
	testEnvironment: '<rootDir>/test/e2e/release-environment.mjs',
	testEnvironmentOptions: { release: version },
});

/** The page of the sandbox in Chromium, without n8n: `--selectProjects sandbox`. */
const sandboxPage = {
	...common,
	displayName: 'sandbox',
	testMatch: ['<rootDir>/test/e2e/sandbox/*.test.mts'],
	testEnvironment: 'node',
};

const all = 'test/e2e/*.test.mts';
// The editor of 1.123 has other buttons, and its page after a form sometimes does not continue automatically (seen on
// a busy machine). It has no Data Tables that a workflow can make. Forms are therefore tested in 2.41 only; the nodes
// are tested in both.
export const notIn1 = [
	'/editor\\.test',
	'/e2e/(queue/)?register',
	'/e2e/list\\.test',
	'/examples-approval\\.test',
	'/screenshots\\.test',
	'/n8n-3\\.test', // the migration report of 1.123 is about n8n 2
];

/** E2E_SHORT=1, for CI: what fits its time on a slow machine. */
export const isShort = process.env.E2E_SHORT === '1';
const notInShort = (tests) => (isShort ? tests : []);
// Every example is imported; those that confirm and that read lists also run. The demo kills n8n while the register
// pays; in queue mode a worker is killed, and one list is paid twice at once.
const longIn2 = [
	'/screenshots',
	'/examples-(approval|crm|requests|resume)',
	'/widget',
	'/killed-server',
	'/register-(killed|together)',
];
// The nodes run and the examples are imported.
const longIn1 = ['/examples-', '/widget', '/killed-server'];

export default {
	...shared,
	projects: [
		projectFor('2.41', 'n8n', all, notInShort(longIn2)),
		projectFor('1.123', 'n8n', all, [...notIn1, ...notInShort(longIn1)]),
		sandboxPage,
	],
};
