import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/sandbox.mts';

/** A field of the credential as the form labels it, and what to enter. */
export type CredentialRow = readonly [label: string, value: string];

/**
 * Writes the keys of the sandbox to PEM files in `folder` and returns what a person enters in a new credential. The
 * keys themselves are not in the returned text.
 */
export async function writeCredentialSheet(
	sandbox: Sandbox,
	folder: string,
): Promise<CredentialRow[]> {
	await mkdir(folder, { recursive: true });
	const write = async (name: string, pem: string): Promise<string> => {
		const file = join(folder, name);
		await writeFile(file, pem, { mode: 0o600 });
		return `the text of ${file}`;
	};
	return [
		['Environment', 'Custom URL'],
		['Custom URL', sandbox.url],
		['Project', sandbox.project],
		['Private Key', await write('private-key.pem', sandbox.partnerPrivateKey)],
		['Bank Public Key', await write('bank-public-key.pem', sandbox.bankPublicKey)],
	];
}
