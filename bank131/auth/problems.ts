/** Which key a problem is about: the partner's private key, or the bank's public keys. */
export type KeyRole = 'private' | 'public';

/** Formats of other programs, which OpenSSL does not read. */
export type ForeignKeyFormat = 'opensshPrivate' | 'opensshPublic' | 'putty';

/** What can be wrong with the keys of the credential. No fact repeats a part of a key or a passphrase. */
export type KeyProblem =
	| { code: 'key.empty'; key: KeyRole }
	/** The ASN.1 content is shorter than the length that it declares. */
	| { code: 'key.truncated'; key: KeyRole }
	| { code: 'key.notPem'; key: KeyRole }
	| { code: 'key.foreignFormat'; key: KeyRole; format: ForeignKeyFormat }
	/** `content` is a valid key or certificate, but not of the kind that belongs here. */
	| { code: 'key.wrongKind'; key: 'private'; content: 'certificate' | 'publicKey' }
	| { code: 'key.wrongKind'; key: 'public'; content: 'privateKey' }
	/** An RSA-PSS key cannot make or verify PKCS#1 v1.5 signatures. */
	| { code: 'key.rsaPss'; key: KeyRole }
	/** `type` is Node's `asymmetricKeyType`, such as `ec`; absent when Node does not know it. */
	| { code: 'key.notRsa'; key: KeyRole; type?: string }
	/** `bits` is the length of the modulus. */
	| { code: 'key.tooShort'; key: KeyRole; bits: number }
	/** OpenSSL 3 has no cipher of that name any more. */
	| { code: 'key.unsupportedCipher'; key: 'private' }
	/** The public half does not verify a signature of the private half. */
	| { code: 'key.inconsistent'; key: 'private' }
	/** The private key is encrypted, and there is no passphrase. */
	| { code: 'passphrase.empty' }
	| { code: 'passphrase.wrong' };
