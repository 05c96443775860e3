/**
 * n8n's engine in this process: no database, no server, no browser.
 *
 * Take n8n's classes from `core` and `wf` here, not from an import of n8n-workflow. In tests, engine and package are
 * loaded outside jest's sandbox (test/support/n8n-environment.mjs): compare with `toEqual` or `toMatchObject` instead
 * of `toStrictEqual` or `instanceof`.
 */
import type * as N8nCore from 'n8n-core';
import type * as N8nWorkflow from 'n8n-workflow';

declare global {
	var n8nEngine: {
		core: typeof N8nCore;
		wf: typeof N8nWorkflow;
		/** n8n's services, by their class. */
		container: { get<T>(type: new (...args: never[]) => T): T };
		projectDir: string;
		/** Node's own `require`, resolving from the project root. */
		require: NodeJS.Require;
		coreVersion: string;
	};
}

if (!globalThis.n8nEngine) {
	throw new Error(
		'Import playground/engine/standalone.mjs first. Tests run in the jest project "engine": npx jest --selectProjects engine',
	);
}

export const { core, wf, container, projectDir, require: hostRequire } = globalThis.n8nEngine;

/** The `Date` of the engine and the package. */
export const HostDate = (hostRequire('node:vm') as typeof import('node:vm')).runInThisContext(
	'Date',
) as DateConstructor;

/**
 * With On Error = Continue and Retry On Fail, n8n 1.85 (n8n-core 1.84) outputs the items of the first attempt if the
 * first item failed in it. Later versions output the items of the last attempt.
 */
export const outputsFirstAttempt = globalThis.n8nEngine.coreVersion.startsWith('1.8');

/** n8n 1.85 (n8n-core 1.84) passes the options of a socket on for https:// only. */
export const passesSocketOptions = !outputsFirstAttempt;
