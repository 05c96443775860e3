import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';

import { loadPrivateKey, loadPublicKeys } from '../../bank131/auth/keys.ts';
import type { KeyProblem } from '../../bank131/auth/problems.ts';
import { sign } from '../../bank131/auth/signature.ts';
import { keyProblemTexts } from '../../nodes/shared/messages/keyProblemTexts.ts';
import { problemText } from '../../nodes/shared/messages/problemText.ts';
import {
	base64Body,
	encryptedPkcs8,
	forgeVerifies,
	legacyEncrypted,
	makeKeyFiles,
} from '../support/keys.mts';
import { growth, LINEAR } from '../support/growth.mts';

const files = makeKeyFiles();
const other = makeKeyFiles(1024);
const PASSPHRASE = 'Пароль 42!';
const ASCII_PASSPHRASE = 'correct horse';

/** How pasting, editors, shells, JSON and mail damage a key file. */
const damage: Record<string, (pem: string) => string> = {
	nothing: (pem) => pem,
	CRLF: (pem) => pem.replace(/\r?\n/g, '\r\n'),
	CR: (pem) => pem.replace(/\r?\n/g, '\r'),
	'literal \\n': (pem) => pem.replace(/\r?\n/g, '\\n'),
	'literal \\r\\n': (pem) => pem.replace(/\r?\n/g, '\\r\\n'),
	'double-escaped \\\\n': (pem) => pem.replace(/\r?\n/g, '\\\\n'),
	'one line': (pem) => pem.replace(/\r?\n/g, ''),
	'no white space at all': (pem) => pem.replace(/\s/g, ''),
	'spaces for breaks': (pem) => pem.replace(/\r?\n/g, ' '),
	'non-breaking spaces': (pem) => pem.replace(/\r?\n/g, '\u00a0'),
	tabs: (pem) => pem.replace(/\r?\n/g, '\t'),
	indented: (pem) => pem.replace(/^/gm, '    '),
	'empty lines between': (pem) => pem.replace(/\r?\n/g, '\n\n'),
	'double quotes': (pem) => `"${pem.trim()}"`,
	'single quotes': (pem) => `'${pem.trim()}'`,
	'a JSON string': (pem) => JSON.stringify(pem),
	'a JSON string with escaped slashes': (pem) => JSON.stringify(pem).replace(/\//g, '\\/'),
	'a byte order mark': (pem) => `\ufeff${pem}`,
	'zero-width characters': (pem) => pem.replace(/(.{20})/g, '$1\u200b'),
	'text around': (pem) => `Bag Attributes\n  friendlyName: my key\n${pem}\nRegards, Ivan`,
	'no line break at the end': (pem) => pem.trim(),
	'the END line missing': (pem) => pem.replace(/-----END[^-]+-----\s*$/, ''),
	'the BEGIN line missing': (pem) => pem.replace(/^-----BEGIN[^-]+-----\s*/, ''),
	'two hyphens lost': (pem) => pem.replace(/-----/g, '---'),
	'long dashes': (pem) => pem.replace(/-----/g, '\u2014\u2014-'),
	'a quoted mail': (pem) => pem.replace(/^/gm, '> '),
	'an environment file': (pem) => `BANK_KEY="${pem.replace(/\r?\n/g, '\\n')}"`,
};
const bare = (pem: string) => base64Body(pem);

const damages = Object.entries(damage);

async function expectToSign(pem: string, passphrase = ''): Promise<void> {
	const loaded = loadPrivateKey(pem, passphrase);
	expect(loaded).toMatchObject({ ok: true });
	if (!loaded.ok) return;
	const body = Buffer.from('{"session_id":"ps_3230"}');
	expect(forgeVerifies(files.publicKey, body, await sign(body, loaded.value))).toBe(true);
}

describe('loadPrivateKey', () => {
	describe.each(damages)('with %s', (name, damaged) => {
		it.each(['pkcs1', 'pkcs8'] as const)('loads %s and signs with it', async (format) => {
			await expectToSign(damaged(files[format]));
		});

		it('loads encrypted PKCS#8 and signs with it', async () => {
			const pem = encryptedPkcs8(files.privateKey, ASCII_PASSPHRASE, 'aes256');
			await expectToSign(damaged(pem), ASCII_PASSPHRASE);
		});

		it('loads PKCS#1 with encryption headers and signs with it', async () => {
			const pem = legacyEncrypted(files.privateKey, ASCII_PASSPHRASE, 'aes256');
			if (name === 'the BEGIN line missing') return; // only the BEGIN line separates the headers from the key
			await expectToSign(damaged(pem), ASCII_PASSPHRASE);
		});
	});

	it.each(['pkcs1', 'pkcs8'] as const)('loads bare Base64 of %s', async (format) => {
		await expectToSign(bare(files[format]));
	});

	it.each(['aes128', 'aes192', 'aes256', '3des'] as const)(
		'decrypts PKCS#8 encrypted with %s',
		async (algorithm) => {
			await expectToSign(
				encryptedPkcs8(files.privateKey, ASCII_PASSPHRASE, algorithm),
				ASCII_PASSPHRASE,
			);
		},
	);

	it.each(['aes128', 'aes256', '3des'] as const)(
		'decrypts PKCS#1 encrypted with %s',
		async (algorithm) => {
			await expectToSign(
				legacyEncrypted(files.privateKey, ASCII_PASSPHRASE, algorithm),
				ASCII_PASSPHRASE,
			);
		},
	);

	it('decrypts a key of OpenSSL whose passphrase is not ASCII', () => {
		const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const pem = privateKey.export({
			type: 'pkcs8',
			format: 'pem',
			cipher: 'aes-256-cbc',
			passphrase: PASSPHRASE,
		}) as string;
		expect(loadPrivateKey(pem, PASSPHRASE)).toMatchObject({ ok: true });
	});

	it('ignores a line break at the end of the passphrase', async () => {
		await expectToSign(
			encryptedPkcs8(files.privateKey, ASCII_PASSPHRASE, 'aes256'),
			`${ASCII_PASSPHRASE}\n`,
		);
	});

	it('ignores the passphrase if the key is not encrypted', async () => {
		await expectToSign(files.pkcs8, 'anything');
	});

	it('detects the format by the content when the BEGIN line names another', async () => {
		await expectToSign(files.pkcs8.replace(/PRIVATE KEY/g, 'RSA PRIVATE KEY'));
		await expectToSign(files.pkcs1.replace(/RSA PRIVATE KEY/g, 'PRIVATE KEY'));
	});

	it('loads the key from a text with a certificate and a key', async () => {
		await expectToSign(files.certificate + files.pkcs8);
	});

	const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const ed = generateKeyPairSync('ed25519');
	const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
	const small = generateKeyPairSync('rsa', { modulusLength: 512 });
	const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;
	const encrypted = encryptedPkcs8(files.privateKey, ASCII_PASSPHRASE, 'aes256');
	const changed = files.pkcs8.replace(
		/(.{400})(.)/s,
		(_all, head: string, char: string) => `${head}${char === 'A' ? 'B' : 'A'}`,
	);

	type Rejected = [
		name: string,
		pem: unknown,
		passphrase: string,
		problem: KeyProblem,
		message: RegExp,
	];
	const key = 'private';

	it.each<Rejected>([
		['an empty text', '', '', { code: 'key.empty', key }, /^Private Key is empty$/],
		['white space', ' \n ', '', { code: 'key.empty', key }, /^Private Key is empty/],
		['undefined', undefined, '', { code: 'key.empty', key }, /^Private Key is empty/],
		[
			'a public key',
			files.spki,
			'',
			{ code: 'key.wrongKind', key, content: 'publicKey' },
			/^Private Key holds a public key/,
		],
		[
			'a PKCS#1 public key',
			files.pkcs1Public,
			'',
			{ code: 'key.wrongKind', key, content: 'publicKey' },
			/^Private Key holds a public key/,
		],
		[
			'a bare public key',
			bare(files.spki),
			'',
			{ code: 'key.wrongKind', key, content: 'publicKey' },
			/^Private Key holds a public key/,
		],
		[
			'a certificate',
			files.certificate,
			'',
			{ code: 'key.wrongKind', key, content: 'certificate' },
			/^Private Key holds a certificate/,
		],
		[
			'an EC key',
			ec.privateKey.export(pkcs8),
			'',
			{ code: 'key.notRsa', key, type: 'ec' },
			/^Private Key is an elliptic-curve/,
		],
		[
			'an EC key in SEC1',
			ec.privateKey.export({ type: 'sec1', format: 'pem' }),
			'',
			{ code: 'key.notRsa', key, type: 'ec' },
			/^Private Key is an elliptic-curve/,
		],
		[
			'an Ed25519 key',
			ed.privateKey.export(pkcs8),
			'',
			{ code: 'key.notRsa', key, type: 'ed25519' },
			/^Private Key is a ED25519 key, not an RSA key/,
		],
		[
			'an RSA-PSS key',
			pss.privateKey.export(pkcs8),
			'',
			{ code: 'key.rsaPss', key },
			/^Private Key is an RSA-PSS/,
		],
		[
			'a 512-bit key',
			small.privateKey.export(pkcs8),
			'',
			{ code: 'key.tooShort', key, bits: 512 },
			/^Private Key is an RSA key of only 512 bits/,
		],
		[
			'an OpenSSH key',
			'-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=\n-----END OPENSSH PRIVATE KEY-----',
			'',
			{ code: 'key.foreignFormat', key, format: 'opensshPrivate' },
			/^Private Key is in OpenSSH format/,
		],
		[
			'an OpenSSH public key',
			'ssh-rsa AAAAB3NzaC1yc2E= me@host',
			'',
			{ code: 'key.foreignFormat', key, format: 'opensshPublic' },
			/^Private Key is a public key in OpenSSH/,
		],
		[
			'a PuTTY key',
			'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none',
			'',
			{ code: 'key.foreignFormat', key, format: 'putty' },
			/^Private Key is in PuTTY/,
		],
		[
			'encrypted PKCS#8 without a passphrase',
			encrypted,
			'',
			{ code: 'passphrase.empty' },
			/^Passphrase is empty/,
		],
		[
			'encrypted PKCS#8 with a wrong passphrase',
			encrypted,
			'wrong',
			{ code: 'passphrase.wrong' },
			/^Passphrase does not open/,
		],
		[
			'encrypted PKCS#1 without a passphrase',
			legacyEncrypted(files.privateKey, 'x1', 'aes256'),
			'',
			{ code: 'passphrase.empty' },
			/^Passphrase is empty/,
		],
		[
			'encrypted PKCS#1 with a wrong passphrase',
			legacyEncrypted(files.privateKey, 'x1', 'aes256'),
			'x2',
			{ code: 'passphrase.wrong' },
			/^Passphrase does not open/,
		],
		[
			'half a key',
			files.pkcs8.slice(0, 800),
			'',
			{ code: 'key.truncated', key },
			/^Private Key ends too early/,
		],
		[
			'half an encrypted key',
			encrypted.slice(0, 800),
			ASCII_PASSPHRASE,
			{ code: 'key.truncated', key },
			/^Private Key ends too early/,
		],
		[
			'a key with one character changed',
			changed,
			'',
			{ code: 'key.inconsistent', key },
			/^Private Key was changed in copying/,
		],
		[
			'words',
			'my secret key',
			'',
			{ code: 'key.notPem', key },
			/^Private Key is not a key in PEM format/,
		],
		[
			'Base64 that is no key',
			Buffer.from('hello world').toString('base64'),
			'',
			{ code: 'key.notPem', key },
			/^Private Key is not a key/,
		],
		['a number', 42, '', { code: 'key.notPem', key }, /^Private Key is not a key/],
		[
			'BEGIN and END lines without content',
			'-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----',
			'',
			{ code: 'key.notPem', key },
			/^Private Key is not a key/,
		],
	])(
		'rejects %s; the message begins with the field',
		(_name, pem, passphrase, problem, message) => {
			expect(loadPrivateKey(pem, passphrase)).toEqual({ ok: false, problem });
			const text = problemText(keyProblemTexts, problem);
			expect(text.message).toMatch(message);
			expect(text.remedy.length).toBeGreaterThan(20);
		},
	);

	it('returns a problem that repeats no part of the rejected key', () => {
		const problem = JSON.stringify(loadPrivateKey(files.pkcs8.slice(0, 800)));
		expect(problem).not.toContain(files.pkcs8.slice(100, 116));
	});

	it('returns the cached result for a known text and evicts the least recently used', () => {
		const first = loadPrivateKey(files.pkcs8);
		expect(loadPrivateKey(files.pkcs8)).toBe(first);
		expect(loadPrivateKey(files.pkcs8, 'other')).not.toBe(first);
		for (let i = 0; i < 32; i++) loadPrivateKey(`junk ${i}`);
		expect(loadPrivateKey(files.pkcs8)).not.toBe(first);
	});

	it('takes linear time for repetitive texts', () => {
		const hostile = [
			'-',
			'\n',
			' ',
			'\\',
			'A',
			'-----BEGIN A',
			'-----BEGIN ',
			'BEGIN -',
			'\\n',
			'"',
			'-----BEGIN A-----\n',
			'-----END A-----',
			'Proc-Type:4,ENCRYPTEDDEK-Info:',
		];
		for (const piece of hostile) {
			let round = 0; // no text comes twice, because parsed keys are cached
			const load = (count: number) => loadPrivateKey(`${piece.repeat(count)}${round++}`);
			expect(growth(load, 20_000)).toBeLessThan(LINEAR);
		}
	});
});

describe('loadPublicKeys', () => {
	describe.each(damages)('with %s', (_name, damaged) => {
		it.each(['spki', 'pkcs1Public', 'certificate'] as const)('loads %s', (format) => {
			const result = loadPublicKeys(damaged(files[format]));
			expect(result).toMatchObject({ ok: true });
			if (result.ok) expect(result.value).toHaveLength(1);
		});
	});

	it('loads several keys of different formats in the order of the text', () => {
		const result = loadPublicKeys([files.spki, other.certificate, files.pkcs1Public].join('\n'));
		expect(result.ok && result.value.map((key) => key.asymmetricKeyDetails?.modulusLength)).toEqual(
			[2048, 1024, 2048],
		);
	});

	it('loads several keys without BEGIN lines, separated by an empty line', () => {
		const result = loadPublicKeys(`${bare(files.spki)}\n\n${bare(other.spki)}`);
		expect(result.ok && result.value).toHaveLength(2);
	});

	it('loads the same key from a certificate that node-forge made', async () => {
		const result = loadPublicKeys(files.certificate);
		const own = loadPrivateKey(files.pkcs1);
		if (!result.ok || !own.ok) throw new Error('not loaded');
		const signature = Buffer.from(await sign('x', own.value), 'base64');
		expect(verify('RSA-SHA256', Buffer.from('x'), result.value[0], signature)).toBe(true);
		expect(verify('RSA-SHA256', Buffer.from('x'), createPublicKey(files.pkcs1), signature)).toBe(
			true,
		);
	});

	const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const spki = { type: 'spki', format: 'pem' } as const;

	const key = 'public';

	it.each<[name: string, pem: unknown, problem: KeyProblem, message: RegExp]>([
		['an empty text', '', { code: 'key.empty', key }, /^Bank Public Key is empty$/],
		['null', null, { code: 'key.empty', key }, /^Bank Public Key is empty/],
		[
			'a private key',
			files.pkcs8,
			{ code: 'key.wrongKind', key, content: 'privateKey' },
			/^Bank Public Key holds a private key/,
		],
		[
			'an encrypted private key',
			encryptedPkcs8(files.privateKey, 'x', 'aes256'),
			{ code: 'key.wrongKind', key, content: 'privateKey' },
			/^Bank Public Key holds a private key/,
		],
		[
			'a PKCS#1 private key with encryption headers',
			legacyEncrypted(files.privateKey, 'x', 'aes256'),
			{ code: 'key.wrongKind', key, content: 'privateKey' },
			/^Bank Public Key holds a private key/,
		],
		[
			'a private key after a public one',
			files.spki + files.pkcs1,
			{ code: 'key.wrongKind', key, content: 'privateKey' },
			/^Bank Public Key holds a private key/,
		],
		[
			'an EC key',
			ec.publicKey.export(spki),
			{ code: 'key.notRsa', key, type: 'ec' },
			/^Bank Public Key is an elliptic-curve/,
		],
		[
			'a 512-bit key',
			generateKeyPairSync('rsa', { modulusLength: 512 }).publicKey.export(spki),
			{ code: 'key.tooShort', key, bits: 512 },
			/^Bank Public Key is an RSA key of only 512 bits/,
		],
		[
			'an OpenSSH key',
			'ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB me@host',
			{ code: 'key.foreignFormat', key, format: 'opensshPublic' },
			/^Bank Public Key is a public key in OpenSSH format/,
		],
		[
			'half a key',
			files.spki.slice(0, 200),
			{ code: 'key.truncated', key },
			/^Bank Public Key ends too early/,
		],
		[
			'a valid key followed by half a key',
			files.spki + other.spki.slice(0, 120),
			{ code: 'key.truncated', key },
			/^Bank Public Key ends too early/,
		],
		[
			'a valid key followed by a block that is not Base64',
			`${files.spki}-----BEGIN PUBLIC KEY-----\nйцукен\n-----END PUBLIC KEY-----`,
			{ code: 'key.notPem', key },
			/^Bank Public Key is not a key/,
		],
		[
			'words',
			'the bank will send it later',
			{ code: 'key.notPem', key },
			/^Bank Public Key is not a key/,
		],
	])('rejects %s; the message begins with the field', (_name, pem, problem, message) => {
		expect(loadPublicKeys(pem)).toEqual({ ok: false, problem });
		expect(problemText(keyProblemTexts, problem).message).toMatch(message);
	});
});
