// The jest environment of the engine tests. It loads n8n's engine and the built package with Node's own `require`, outside
// jest's sandbox: there `instanceof Error` and the like mean what they mean in a real n8n, and one worker loads n8n-core
// once instead of once per test file. (Plain JavaScript: jest imports an environment without transforming it.)
//
// N8N_CORE_DIR (a folder with another n8n-core in its node_modules, e.g. 1.84.0) runs the same tests on that version.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { TestEnvironment } from 'jest-environment-node';

const projectDir = path.resolve(import.meta.dirname, '../..');

/** Before n8n-core is first required: @n8n/config reads the environment once. */
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
	const resolve = Module._resolveFilename;
	Module._resolveFilename = function (request, ...rest) {
		return request === 'n8n-workflow'
			? requireFromCore.resolve(request)
			: resolve.call(this, request, ...rest);
	};
}

function loadEngine() {
	prepareEnvironment();
	const requireHere = createRequire(path.join(projectDir, 'package.json'));
	const otherDir = process.env.N8N_CORE_DIR;
	const requireBeside = otherDir
		? createRequire(path.join(path.resolve(otherDir), 'package.json'))
		: requireHere;
	const requireFromCore = createRequire(requireBeside.resolve('n8n-core'));
	const wf = requireFromCore('n8n-workflow');
	if (otherDir) shareWorkflowWith(requireFromCore);
	requireFromCore('reflect-metadata'); // @n8n/di needs Reflect.getMetadata
	return { core: requireBeside('n8n-core'), wf, projectDir, require: requireHere };
}

let engine;

export default class N8nEnvironment extends TestEnvironment {
	async setup() {
		await super.setup();
		engine ??= loadEngine();
		this.global.n8nEngine = engine;
	}
}
