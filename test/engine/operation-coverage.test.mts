/** Every operation that sends requests is run by an engine test. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { projectDir } from '../support/engine.mts';
import { nameOf, registeredOperations } from '../support/recorder.mts';

const FOLDER = path.join(projectDir, 'test/engine');

test('each operation with requests: run against the sandbox in a test file of this folder', () => {
	const text = readdirSync(FOLDER)
		.filter((file) => file !== 'operation-coverage.test.mts')
		.map((file) => readFileSync(path.join(FOLDER, file), 'utf8'))
		.filter((text) => text.includes('operationsOf(fixture)'))
		.join('');
	const requesting = registeredOperations().filter(({ run }) => run !== undefined);
	expect(requesting.map(nameOf).filter((name) => !text.includes(`'${name}'`))).toEqual([]);
});
