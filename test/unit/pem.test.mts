import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';

import { loadPrivateKey, loadPublicKeys } from '../../bank131/auth/keys.ts';
import { sign } from '../../bank131/auth/signature.ts';
import {
	base64Body,
	encryptedPkcs8,
	forgeVerifies,
	legacyEncrypted,
	makeKeyFiles,
} from '../support/keys.mts';

const files = makeKeyFiles();
const other = makeKeyFiles(1024);
const PASSPHRASE = 'Пароль 42!';
const ASCII_PASSPHRASE = 'correct horse';

/** What pasting, editors, shells, JSON and mail do to a key file. */
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
		it.each(['pkcs1', 'pkcs8'] as const)('loads and signs %s', async (format) => {
			await expectToSign(damaged(files[format]));
		});

		it('loads and signs encrypted PKCS#8', async () => {
			const pem = encryptedPkcs8(files.privateKey, ASCII_PASSPHRASE, 'aes256');
			await expectToSign(damaged(pem), ASCII_PASSPHRASE);
		});

		it('loads and signs PKCS#1 encrypted under headers', async () => {
			const pem = legacyEncrypted(files.privateKey, ASCII_PASSPHRASE, 'aes256');
			if (name === 'the BEGIN line missing') return; // it is what tells the headers from the key
			await expectToSign(damaged(pem), ASCII_PASSPHRASE);
		});
	});

	it.each(['pkcs1', 'pkcs8'] as const)('loads bare Base64 of %s', async (format) => {
		await expectToSign(bare(files[format]));
	});

	it.each(['aes128', 'aes192', 'aes256', '3des'] as const)(
		'opens PKCS#8 under %s',
		async (algorithm) => {
			await expectToSign(
				encryptedPkcs8(files.privateKey, ASCII_PASSPHRASE, algorithm),
				ASCII_PASSPHRASE,
			);
		},
	);

	it.each(['aes128', 'aes256', '3des'] as const)('opens PKCS#1 under %s', async (algorithm) => {
		await expectToSign(
			legacyEncrypted(files.privateKey, ASCII_PASSPHRASE, algorithm),
			ASCII_PASSPHRASE,
		);
	});

	it('opens a key with a passphrase of other scripts, as OpenSSL writes it', () => {
		const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const pem = privateKey.export({
			type: 'pkcs8',
			format: 'pem',
			cipher: 'aes-256-cbc',
			passphrase: PASSPHRASE,
		}) as string;
		expect(loadPrivateKey(pem, PASSPHRASE)).toMatchObject({ ok: true });
	});

	it('forgives a passphrase its line break', async () => {
		await expectToSign(
			encryptedPkcs8(files.privateKey, ASCII_PASSPHRASE, 'aes256'),
			`${ASCII_PASSPHRASE}\n`,
		);
	});

	it('ignores a passphrase the key does not need', async () => {
		await expectToSign(files.pkcs8, 'anything');
	});

	it('trusts the content, not the BEGIN line', async () => {
		await expectToSign(files.pkcs8.replace(/PRIVATE KEY/g, 'RSA PRIVATE KEY'));
		await expectToSign(files.pkcs1.replace(/RSA PRIVATE KEY/g, 'PRIVATE KEY'));
	});

	it('finds the key beside a certificate', async () => {
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

	it.each<[string, unknown, string, string, RegExp]>([
		['nothing', '', '', 'Private Key', /^Private Key is empty$/],
		['white space', ' \n ', '', 'Private Key', /is empty/],
		['undefined', undefined, '', 'Private Key', /is empty/],
		['a public key', files.spki, '', 'Private Key', /holds a public key/],
		['a PKCS#1 public key', files.pkcs1Public, '', 'Private Key', /holds a public key/],
		['a bare public key', bare(files.spki), '', 'Private Key', /holds a public key/],
		['a certificate', files.certificate, '', 'Private Key', /holds a certificate/],
		['an EC key', ec.privateKey.export(pkcs8), '', 'Private Key', /elliptic-curve/],
		[
			'an EC key in SEC1',
			ec.privateKey.export({ type: 'sec1', format: 'pem' }),
			'',
			'Private Key',
			/elliptic-curve/,
		],
		[
			'an Ed25519 key',
			ed.privateKey.export(pkcs8),
			'',
			'Private Key',
			/ED25519 key, not an RSA key/,
		],
		['an RSA-PSS key', pss.privateKey.export(pkcs8), '', 'Private Key', /RSA-PSS/],
		['a 512-bit key', small.privateKey.export(pkcs8), '', 'Private Key', /only 512 bits/],
		[
			'an OpenSSH key',
			'-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=\n-----END OPENSSH PRIVATE KEY-----',
			'',
			'Private Key',
			/OpenSSH format/,
		],
		[
			'an OpenSSH public key',
			'ssh-rsa AAAAB3NzaC1yc2E= me@host',
			'',
			'Private Key',
			/public key in OpenSSH/,
		],
		['a PuTTY key', 'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none', '', 'Private Key', /PuTTY/],
		['an encrypted key without passphrase', encrypted, '', 'Passphrase', /Passphrase is empty/],
		['a wrong passphrase', encrypted, 'wrong', 'Passphrase', /does not open/],
		[
			'legacy without passphrase',
			legacyEncrypted(files.privateKey, 'x1', 'aes256'),
			'',
			'Passphrase',
			/is empty/,
		],
		[
			'legacy with a wrong one',
			legacyEncrypted(files.privateKey, 'x1', 'aes256'),
			'x2',
			'Passphrase',
			/does not open/,
		],
		['half a key', files.pkcs8.slice(0, 800), '', 'Private Key', /ends too early/],
		[
			'half an encrypted key',
			encrypted.slice(0, 800),
			ASCII_PASSPHRASE,
			'Private Key',
			/ends too early/,
		],
		['a key with one character changed', changed, '', 'Private Key', /was changed in copying/],
		['words', 'my secret key', '', 'Private Key', /is not a key in PEM format/],
		[
			'Base64 that is no key',
			Buffer.from('hello world').toString('base64'),
			'',
			'Private Key',
			/not a key/,
		],
		['a number', 42, '', 'Private Key', /is not a key/],
		[
			'an empty armour',
			'-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----',
			'',
			'Private Key',
			/not a key/,
		],
	])('refuses %s and says so', (_name, pem, passphrase, field, message) => {
		const result = loadPrivateKey(pem, passphrase);
		expect(result.ok).toBe(false);
		if (result.ok) return;
		expect(result.problem.field).toBe(field);
		expect(result.problem.message).toMatch(message);
		expect(result.problem.remedy.length).toBeGreaterThan(20);
	});

	it('repeats nothing of a refused key', () => {
		const problem = JSON.stringify(loadPrivateKey(files.pkcs8.slice(0, 800)));
		expect(problem).not.toContain(files.pkcs8.slice(100, 116));
	});

	it('answers a known text from memory and forgets the oldest', () => {
		const first = loadPrivateKey(files.pkcs8);
		expect(loadPrivateKey(files.pkcs8)).toBe(first);
		expect(loadPrivateKey(files.pkcs8, 'other')).not.toBe(first);
		for (let i = 0; i < 32; i++) loadPrivateKey(`junk ${i}`);
		expect(loadPrivateKey(files.pkcs8)).not.toBe(first);
	});

	it('takes time in proportion to the text, whatever the text', () => {
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
			const time = (count: number) => {
				const started = process.hrtime.bigint();
				loadPrivateKey(piece.repeat(count) + count);
				return Number(process.hrtime.bigint() - started);
			};
			time(2_000);
			const short = Math.max(...[1, 2, 3].map((i) => time(20_000 + i)), 2_000_000);
			const long = Math.min(...[1, 2, 3].map((i) => time(200_000 + i)));
			// Ten times the text: 10 when linear, 100 when quadratic.
			expect(long / short).toBeLessThan(50);
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

	it('loads several keys in their order, of every form', () => {
		const result = loadPublicKeys([files.spki, other.certificate, files.pkcs1Public].join('\n'));
		expect(result.ok && result.value.map((key) => key.asymmetricKeyDetails?.modulusLength)).toEqual(
			[2048, 1024, 2048],
		);
	});

	it('loads several keys without armour, parted by an empty line', () => {
		const result = loadPublicKeys(`${bare(files.spki)}\n\n${bare(other.spki)}`);
		expect(result.ok && result.value).toHaveLength(2);
	});

	it('reads the very key that node-forge made', async () => {
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

	it.each<[string, unknown, RegExp]>([
		['nothing', '', /^Bank Public Key is empty$/],
		['null', null, /is empty/],
		['a private key', files.pkcs8, /holds a private key/],
		[
			'an encrypted private key',
			encryptedPkcs8(files.privateKey, 'x', 'aes256'),
			/holds a private key/,
		],
		[
			'a legacy encrypted private key',
			legacyEncrypted(files.privateKey, 'x', 'aes256'),
			/holds a private key/,
		],
		['a private key after a public one', files.spki + files.pkcs1, /holds a private key/],
		['an EC key', ec.publicKey.export(spki), /elliptic-curve/],
		[
			'a 512-bit key',
			generateKeyPairSync('rsa', { modulusLength: 512 }).publicKey.export(spki),
			/only 512 bits/,
		],
		['an OpenSSH key', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB me@host', /OpenSSH format/],
		['half a key', files.spki.slice(0, 200), /ends too early/],
		['a good and half a key', files.spki + other.spki.slice(0, 120), /ends too early/],
		[
			'a good key and junk',
			`${files.spki}-----BEGIN PUBLIC KEY-----\nйцукен\n-----END PUBLIC KEY-----`,
			/not a key/,
		],
		['words', 'the bank will send it later', /not a key/],
	])('refuses %s', (_name, pem, message) => {
		const result = loadPublicKeys(pem);
		expect(result.ok).toBe(false);
		if (result.ok) return;
		expect(result.problem.field).toBe('Bank Public Key');
		expect(result.problem.message).toMatch(message);
	});
});
