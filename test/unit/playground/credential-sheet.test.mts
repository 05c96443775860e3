import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { writeCredentialSheet } from '../../../playground/demo/credentialSheet.mts';
import { startSandbox, type Sandbox } from '../../../sandbox/sandbox.mts';

const source = readFileSync(
	join(__dirname, '../../../credentials/Bank131Api.credentials.ts'),
	'utf8',
);

let folder: string;
let sandbox: Sandbox;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'bank131-credential-'));
	sandbox = await startSandbox();
});
afterAll(async () => {
	await sandbox.stop();
	await rm(folder, { recursive: true });
});

test('the demo names each field by its label, with the files of the keys and without the keys', async () => {
	const rows = await writeCredentialSheet(sandbox, join(folder, 'credential'));
	const labels = [...source.matchAll(/displayName: '([^']+)'/g)].map(([, label]) => label);
	expect(labels).toEqual(expect.arrayContaining(rows.map(([label]) => label)));
	const values = Object.fromEntries(rows);
	expect(source).toContain(`name: '${values.Environment}'`);
	expect(values).toMatchObject({ 'Custom URL': sandbox.url, Project: sandbox.project });

	const fileOf = (label: string) => values[label].replace(/^the text of /, '');
	const pemOf = async (label: string) => await readFile(fileOf(label), 'utf8');
	expect(await pemOf('Private Key')).toBe(sandbox.partnerPrivateKey);
	expect(await pemOf('Bank Public Key')).toBe(sandbox.bankPublicKey);
	expect((await stat(fileOf('Private Key'))).mode & 0o077).toBe(0);
	expect(JSON.stringify(rows)).not.toContain('BEGIN');
});
