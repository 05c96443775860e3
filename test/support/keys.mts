/** Key files in all formats, made by node-forge, whose RSA and ASN.1 code is independent of OpenSSL. */
import forge from 'node-forge';

const { pki } = forge;

export interface KeyFiles {
	privateKey: forge.pki.rsa.PrivateKey;
	publicKey: forge.pki.rsa.PublicKey;
	pkcs1: string;
	pkcs8: string;
	spki: string;
	pkcs1Public: string;
	certificate: string;
}

export function makeKeyFiles(bits = 2048): KeyFiles {
	const { privateKey, publicKey } = pki.rsa.generateKeyPair({ bits });
	return {
		privateKey,
		publicKey,
		pkcs1: pki.privateKeyToPem(privateKey),
		pkcs8: pki.privateKeyInfoToPem(pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(privateKey))),
		spki: pki.publicKeyToPem(publicKey),
		pkcs1Public: pki.publicKeyToRSAPublicKeyPem(publicKey),
		certificate: selfSigned(privateKey, publicKey),
	};
}

function selfSigned(
	privateKey: forge.pki.rsa.PrivateKey,
	publicKey: forge.pki.rsa.PublicKey,
): string {
	const certificate = pki.createCertificate();
	certificate.publicKey = publicKey;
	certificate.serialNumber = '01';
	certificate.validity.notBefore = new Date('2020-01-01');
	certificate.validity.notAfter = new Date('2021-01-01');
	const subject = [{ name: 'commonName', value: 'bank.test' }];
	certificate.setSubject(subject);
	certificate.setIssuer(subject);
	certificate.sign(privateKey, forge.md.sha256.create());
	return pki.certificateToPem(certificate);
}

/** PKCS#8 under a passphrase, PBES2 as OpenSSL writes it or the older PBE with 3DES. */
export function encryptedPkcs8(
	key: forge.pki.rsa.PrivateKey,
	passphrase: string,
	algorithm: 'aes128' | 'aes192' | 'aes256' | '3des',
): string {
	const info = pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(key));
	return pki.encryptedPrivateKeyToPem(
		pki.encryptPrivateKeyInfo(info, passphrase, { algorithm, count: 1000 }),
	);
}

/** PKCS#1 under a passphrase with Proc-Type and DEK-Info headers. */
export function legacyEncrypted(
	key: forge.pki.rsa.PrivateKey,
	passphrase: string,
	algorithm: 'aes128' | 'aes256' | '3des',
): string {
	return pki.encryptRsaPrivateKey(key, passphrase, { legacy: true, algorithm });
}

export function base64Body(pem: string): string {
	return pem.replace(/-----[^-]+-----/g, '').replace(/\s/g, '');
}

export function forgeVerifies(
	publicKey: forge.pki.rsa.PublicKey,
	bytes: Buffer,
	signature: string,
): boolean {
	const digest = forge.md.sha256.create();
	digest.update(bytes.toString('binary'));
	return publicKey.verify(
		digest.digest().bytes(),
		Buffer.from(signature, 'base64').toString('binary'),
	);
}

export function derOf(pem: string): Buffer {
	return Buffer.from(base64Body(pem), 'base64');
}
