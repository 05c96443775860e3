/** The set-up of the engine tests: a sandbox bank, the built package, and a credential for the sandbox. */
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import type { TimerClock } from '../../sandbox/lib/timers.mts';
import type { SandboxOptions } from '../../sandbox/sandboxTypes.mts';
import { loadPackage, type Credentials, type LoadedPackage } from './engine.mts';

// Tests read outputs and request bodies without types.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Loose = any;

declare global {
	/** The clock of the engine tests (skippingClock.mjs); absent in real time. */
	var skippingClock: TimerClock | undefined;
}

export interface EngineFixture {
	readonly sandbox: Sandbox;
	readonly loader: LoadedPackage;
	/** A credential for the sandbox. `fields` replaces some of its data. */
	credential(fields?: object): Credentials;
	close(): Promise<void>;
}

export interface FixtureOptions extends SandboxOptions {
	/** `never` keeps sessions, ledger and requests between the tests of a file. Default: `beforeEachTest`. */
	reset?: 'beforeEachTest' | 'never';
}

/** Starts a sandbox and loads the package. The caller closes the fixture. */
export async function createFixture(options: SandboxOptions = {}): Promise<EngineFixture> {
	const sandbox = await startSandbox({
		processingMs: 2,
		clock: globalThis.skippingClock,
		...options,
	});
	matchFaultsBySessionReference(sandbox);
	return {
		sandbox,
		loader: await loadPackage(),
		credential: (fields = {}) => ({
			bank131Api: {
				environment: 'custom',
				customUrl: sandbox.url,
				project: sandbox.project,
				privateKey: sandbox.partnerPrivateKey,
				apiVersion: 'v2',
				...fields,
			},
		}),
		close: async () => await sandbox.stop(),
	};
}

/**
 * One fixture for the tests of a file (or of a `describe`): registers the hooks that create and close it, reset the
 * bank before each test and restore the settings of the sandbox after each test. Its properties can be read in hooks
 * and tests only.
 */
export function useFixture({
	reset = 'beforeEachTest',
	...options
}: FixtureOptions = {}): EngineFixture {
	let fixture: EngineFixture | undefined;
	let settings: Sandbox['settings'];
	const current = (): EngineFixture => {
		if (!fixture) throw new Error('The fixture exists in hooks and tests only');
		return fixture;
	};
	beforeAll(async () => {
		fixture = await createFixture(options);
		settings = { ...fixture.sandbox.settings };
	});
	afterAll(async () => await fixture?.close());
	if (reset === 'beforeEachTest') beforeEach(() => current().sandbox.reset());
	afterEach(() => current().sandbox.set(settings));
	return {
		get sandbox() {
			return current().sandbox;
		},
		get loader() {
			return current().loader;
		},
		credential: (fields) => current().credential(fields),
		close: async () => await current().close(),
	};
}

/** A fixture for one test, so that tests can run concurrently. */
export async function withFixture(
	test: (fixture: EngineFixture) => Promise<void>,
	options: SandboxOptions = {},
): Promise<void> {
	const fixture = await createFixture(options);
	try {
		await test(fixture);
	} finally {
		await fixture.close();
	}
}

/** The package alone, for tests that need no bank. Its loader can be read in hooks and tests only. */
export function usePackage(): Pick<EngineFixture, 'loader'> {
	let loader: LoadedPackage | undefined;
	beforeAll(async () => {
		loader = await loadPackage();
	});
	return {
		get loader() {
			if (!loader) throw new Error('The package is loaded in hooks and tests only');
			return loader;
		},
	};
}

/**
 * The `reference` of a fault also matches requests that carry only a session ID (status, confirm): the reference is the
 * one in the metadata with which the session was created.
 */
function matchFaultsBySessionReference(sandbox: Sandbox): void {
	const { faults } = sandbox;
	const strike = faults.fireMatching.bind(faults);
	faults.fireMatching = (target, webhook) => {
		const references = [
			...(target.references ?? []),
			referenceOfSession(sandbox, target.sessionId),
		];
		return strike({ ...target, references }, webhook);
	};
}

function referenceOfSession(sandbox: Sandbox, sessionId = ''): unknown {
	const draft: Loose = sandbox.sessions.find(sessionId)?.draft;
	return draft?.metadata?.reference;
}
