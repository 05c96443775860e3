import type { ForeignKeyFormat, KeyProblem, KeyRole } from '../../../bank131/auth/problems';
import type { ProblemText, ProblemTexts } from './problemText';

/** Labels of the credential's fields that hold the keys. */
const KEY_LABELS: Record<KeyRole, string> = { private: 'Private Key', public: 'Bank Public Key' };
const PASSPHRASE_LABEL = 'Passphrase';

const PASTE_WHOLE_KEY: Record<KeyRole, string> = {
	private: 'Paste the whole file with your RSA private key, from the BEGIN line to the END line.',
	public:
		'Paste the public key that Bank 131 gave you, from the BEGIN line to the END line. It is not the public half of your own key.',
};

const USE_RSA: Record<KeyRole, string> = {
	private:
		'Bank 131 works with RSA keys. Make one with "openssl genrsa -out private_key.pem 2048" and register its public half with the bank.',
	public: PASTE_WHOLE_KEY.public,
};

/** Key formats of other programs, and how to convert them. Without `convert` another key must be pasted. */
const FOREIGN_FORMATS: Record<
	ForeignKeyFormat,
	{ message: string; convert: Partial<Record<KeyRole, string>> }
> = {
	opensshPrivate: {
		message: 'is in OpenSSH format',
		convert: {
			private:
				'Convert a copy of it with "ssh-keygen -p -m PEM -f copy_of_key" and paste the result.',
		},
	},
	opensshPublic: {
		message: 'is a public key in OpenSSH format',
		convert: {
			public: 'Convert it with "ssh-keygen -e -m PKCS8 -f key.pub" and paste the result.',
		},
	},
	putty: {
		message: 'is in PuTTY format',
		convert: {
			private:
				'In PuTTYgen choose Conversions → Export OpenSSH key, then run "ssh-keygen -p -m PEM -f exported_key" and paste the result.',
		},
	},
};

/** What was pasted instead of the key of the field, and where it belongs. */
const WRONG_KINDS = {
	certificate: {
		message: 'holds a certificate',
		remedy: `A certificate of the bank belongs in "${KEY_LABELS.public}".`,
	},
	publicKey: {
		message: 'holds a public key',
		remedy: `A public key of the bank belongs in "${KEY_LABELS.public}".`,
	},
	privateKey: {
		message: 'holds a private key',
		remedy: `Your own key belongs in "${KEY_LABELS.private}".`,
	},
};

const keyText = (key: KeyRole, message: string, remedy = PASTE_WHOLE_KEY[key]): ProblemText => ({
	message: `${KEY_LABELS[key]} ${message}`,
	remedy,
});

/** Texts about the credential's keys; each message begins with the label of the field to correct. */
export const keyProblemTexts: ProblemTexts<KeyProblem> = {
	'key.empty': ({ key }) => keyText(key, 'is empty'),
	'key.truncated': ({ key }) => keyText(key, 'ends too early: part of the key is missing'),
	'key.notPem': ({ key }) => keyText(key, 'is not a key in PEM format'),
	'key.foreignFormat': ({ key, format }) => {
		const { message, convert } = FOREIGN_FORMATS[format];
		return keyText(key, message, convert[key]);
	},
	'key.wrongKind': ({ key, content }) => {
		const { message, remedy } = WRONG_KINDS[content];
		return keyText(key, message, `${PASTE_WHOLE_KEY[key]} ${remedy}`);
	},
	'key.rsaPss': ({ key }) =>
		keyText(
			key,
			'is an RSA-PSS key, which cannot make or check PKCS#1 v1.5 signatures',
			USE_RSA[key],
		),
	'key.notRsa': ({ key, type }) => {
		const name =
			type === 'ec' ? 'an elliptic-curve (EC)' : `a ${(type ?? 'foreign').toUpperCase()}`;
		return keyText(key, `is ${name} key, not an RSA key`, USE_RSA[key]);
	},
	'key.tooShort': ({ key, bits }) =>
		keyText(key, `is an RSA key of only ${bits} bits, which is not safe`, USE_RSA[key]),
	'key.unsupportedCipher': ({ key }) =>
		keyText(
			key,
			'is protected by a cipher that is no longer supported',
			'Convert it with "openssl pkcs8 -topk8 -v2 aes256 -in old.pem -out new.pem" and paste the new file.',
		),
	'key.inconsistent': ({ key }) =>
		keyText(key, 'was changed in copying: it cannot check its own signature'),
	'passphrase.empty': () => ({
		message: `${PASSPHRASE_LABEL} is empty, but the private key is protected by one`,
		remedy: `Enter the passphrase that was chosen when the key was made, or paste a key without protection into "${KEY_LABELS.private}".`,
	}),
	'passphrase.wrong': () => ({
		message: `${PASSPHRASE_LABEL} does not open the private key`,
		remedy:
			'Check upper and lower case and the keyboard layout. If it is right, part of the private key may be missing: paste the key again.',
	}),
};
