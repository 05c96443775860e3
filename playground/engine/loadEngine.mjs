// n8n's engine, loaded with Node's own `require`. Used by the jest environment of the engine tests, the benchmark and
// the chaos tests. (Plain JavaScript: jest imports it without transforming it.)
//
// N8N_CORE_DIR names a folder with another n8n-core in its node_modules, for example 1.84.0, and loads that version.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const projectDir = path.resolve(import.meta.dirname, '../..');

/** Must run before n8n-core is required, because @n8n/config reads the environment once. */
function prepareEnvironment() {
	const userFolder = mkdtempSync(path.join(tmpdir(), 'n8n-test-'));
	mkdirSync(path.join(userFolder, '.n8n'));
	process.on('exit', () => rmSync(userFolder, { recursive: true, force: true }));
	process.env.N8N_USER_FOLDER = userFolder;
	process.env.N8N_ENCRYPTION_KEY = 'test-only-encryption-key-00000000';
	process.env.N8N_LOG_LEVEL ??= 'silent';
	process.env.N8N_DIAGNOSTICS_ENABLED = 'false';
	process.env.N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS = 'false';
}

/** The package must share n8n-workflow with the engine it runs in, as it does in a real n8n. */
function shareWorkflowWith(requireFromCore) {
	const file = requireFromCore.resolve('n8n-workflow');
	const resolve = Module._resolveFilename;
	Module._resolveFilename = function (request, ...rest) {
		return request === 'n8n-workflow' ? file : resolve.call(this, request, ...rest);
	};
}

/** Before 2.0 n8n-core checks SSH connections every minute by a timer that would keep jest from ending. */
function letProcessEnd() {
	const { setInterval } = globalThis;
	globalThis.setInterval = (...args) => setInterval(...args).unref();
}

export function loadEngine() {
	prepareEnvironment();
	const requireHere = createRequire(path.join(projectDir, 'package.json'));
	const otherDir = process.env.N8N_CORE_DIR;
	const requireBeside = otherDir
		? createRequire(path.join(path.resolve(otherDir), 'package.json'))
		: requireHere;
	const requireFromCore = createRequire(requireBeside.resolve('n8n-core'));
	const wf = requireFromCore('n8n-workflow');
	shareWorkflowWith(requireFromCore);
	if (otherDir) letProcessEnd();
	requireFromCore('reflect-metadata'); // @n8n/di needs Reflect.getMetadata
	const manifest = path.join(path.dirname(requireBeside.resolve('n8n-core')), '..', 'package.json');
	const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
	return {
		core: requireBeside('n8n-core'),
		coreVersion: version,
		wf,
		container: requireFromCore('@n8n/di').Container,
		projectDir,
		require: requireHere,
	};
}
