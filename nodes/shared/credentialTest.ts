import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { loadPublicKeys } from '../../bank131/auth/keys';
import { chooseHost } from '../../bank131/client/hosts';
import { parseJson } from '../../bank131/lib/json';
import { balanceRequest } from '../../bank131/services/balance';
import { authenticate } from './authenticate';
import { readText, type AnswerStream } from './bankTransport';
import { answerProblem, failureProblem } from './messages/credentialTestTexts';
import { hostProblemTexts } from './messages/hostProblemTexts';
import { keyProblemTexts } from './messages/keyProblemTexts';
import { trimmedText, valueOrThrow } from './signer';

/** Time limit of the test until the last byte of the answer, ms. */
const TIMEOUT_MS = 30_000;

/**
 * n8n's test of a credential: requests the balance, which changes nothing. The answer decides, not its HTTP status,
 * because the bank does not document the status of an error. Never rejects; n8n would show an empty error.
 *
 * It is a function and not the declarative `test` of a credential: there n8n shows the bare code of a failed
 * connection, such as ECONNREFUSED.
 */
export async function testCredential(
	{ helpers }: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const deadline = AbortSignal.timeout(TIMEOUT_MS);
	const isOver = new Promise<'overdue'>((resolve) => {
		deadline.addEventListener('abort', () => resolve('overdue'));
	});
	let url: string | undefined;
	try {
		({ url } = valueOrThrow(chooseHost(data), hostProblemTexts));
		const answer = await Promise.race([isOver, requestBalance(helpers, url, data, deadline)]);
		const problem =
			answer === 'overdue' ? failureProblem(url, answer) : answerProblem(parseJson(answer));
		if (problem === undefined) return { status: 'OK', message: 'Connection successful!' };
		return { status: 'Error', message: problem };
	} catch (error) {
		return { status: 'Error', message: failureProblem(url, deadline.aborted ? 'overdue' : error) };
	}
}

/**
 * The text of the bank's answer.
 * @throws UserError if a field of the credential cannot be used; what the HTTP library throws
 */
async function requestBalance(
	helpers: ICredentialTestFunctions['helpers'],
	url: string,
	data: ICredentialDataDecryptedObject,
	deadline: AbortSignal,
): Promise<string> {
	// Payouts do not need the bank's key. A wrong one fails this test, but no other request.
	if (trimmedText(data.bankPublicKey) !== '') {
		valueOrThrow(loadPublicKeys(data.bankPublicKey), keyProblemTexts);
	}
	const { method, path, body } = balanceRequest(Date.now());
	const headers = { Accept: 'application/json' };
	const signed = await authenticate(data, { method, url: url + path, headers, body });
	// A socket that is made with a signal that has fired emits its error before anybody listens: n8n would end.
	deadline.throwIfAborted();
	// n8n gives a credential test no other request helper. It takes no signal, but the options of the socket.
	const response = (await helpers.request({
		method,
		uri: signed.url,
		headers: signed.headers,
		body: signed.body,
		simple: false,
		resolveWithFullResponse: true,
		followRedirect: false,
		useStream: true,
		timeout: TIMEOUT_MS,
		agentOptions: { signal: deadline },
	})) as { body: AnswerStream };
	return await readText(response.body);
}
