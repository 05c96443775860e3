import type { KeyObject } from 'crypto';
import { UserError, type ICredentialDataDecryptedObject } from 'n8n-workflow';

import { loadPrivateKey } from '../../bank131/auth/keys';
import { chooseHost } from '../../bank131/client/hosts';
import type { Result } from '../../bank131/lib/result';
import { hostProblemTexts } from './messages/hostProblemTexts';
import { keyProblemTexts } from './messages/keyProblemTexts';
import { problemText, type ProblemTexts } from './messages/problemText';

/** What signs the requests of one credential. */
export interface Signer {
	project: string;
	/** Empty without a sub-merchant. */
	submerchant: string;
	key: KeyObject;
}

/**
 * The signer of a credential.
 * @throws UserError when a field of the credential cannot be used
 */
export function signerOf(credentials: ICredentialDataDecryptedObject): Signer {
	valueOrThrow(chooseHost(credentials), hostProblemTexts);
	const project = trimmedText(credentials.project);
	if (project === '') {
		throw new UserError('Project is empty', {
			description: 'Enter the identifier of your project. Your manager at the bank issues it.',
		});
	}
	checkHeaderText('Project', project);
	const submerchant = trimmedText(credentials.submerchant);
	checkHeaderText('Sub-Merchant', submerchant);
	const { privateKey, passphrase } = credentials;
	return {
		project,
		submerchant,
		key: valueOrThrow(loadPrivateKey(privateKey, passphrase), keyProblemTexts),
	};
}

/**
 * The value of a field of the credential.
 * @throws UserError with the text of the problem
 */
export function valueOrThrow<T, P extends { code: string }>(
	result: Result<T, P>,
	texts: ProblemTexts<P>,
): T {
	if (result.ok) return result.value;
	const { message, remedy } = problemText(texts, result.problem);
	throw new UserError(message, { description: remedy });
}

/** The text of a field of the credential; empty if it holds none. */
export const trimmedText = (value: unknown): string =>
	typeof value === 'string' ? value.trim() : '';

/** HTTP headers carry printable ASCII only. */
function checkHeaderText(field: string, text: string): void {
	if (/^[\x20-\x7e]*$/.test(text)) return;
	throw new UserError(`${field} holds a line break or a letter that cannot be sent`, {
		description: 'Use Latin letters, digits and signs only. Cyrillic letters may look the same.',
	});
}
