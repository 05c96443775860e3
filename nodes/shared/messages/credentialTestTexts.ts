import { UserError } from 'n8n-workflow';

import { hosts } from '../../../bank131/client/hosts';
import { objectAt, textAt, type Json } from '../../../bank131/lib/json';
import { redact } from '../../../bank131/values/mask';

const BANK_TROUBLE = 'The bank has trouble of its own. Try again later.';

/** Error codes of the bank's general errors ("Error codes" in its documentation). */
const refusalTexts = new Map<string, string>([
	[
		'authentication_error',
		'Private Key: the bank does not accept its signature. The public key registered at the bank for this project is not the public half of it. Check the key, and that "Environment" and "Project" are the ones it was registered for.',
	],
	[
		'authorization_error',
		'Project: the bank does not know it, or it has no right to be used this way. Check "Project" and "Environment", or ask your manager at the bank.',
	],
	[
		'identification_error',
		'Project: the bank cannot tell who you are. Check "Project" and "Sub-Merchant".',
	],
	[
		'invalid_request',
		'The bank was reached but did not accept the request. Check "Project" and "Sub-Merchant".',
	],
	['internal_error', BANK_TROUBLE],
	['wallet_internal_error', BANK_TROUBLE],
]);

/** Why the credential test fails with this body of the answer; undefined if it passes. */
export function answerProblem(body: Json | undefined): string | undefined {
	const code = textAt(objectAt(body, 'error'), 'code');
	const status = textAt(body, 'status');
	const refusal = refusalTexts.get(code ?? '');
	if (refusal !== undefined) return refusal;
	if (status === undefined || /^\d/.test(status)) {
		return 'The answer did not come from Bank 131. Check "Environment" and "Custom URL", and that no proxy or firewall stands between.';
	}
	if (status !== 'error') return undefined;
	const shown = code === undefined ? '' : ` (${redact(code)})`;
	return `The bank refused the request${shown}. Check "Environment", "Project" and "Private Key", or ask your manager at the bank.`;
}

/** What a failed connection needs. Without a group the message of the HTTP library is shown. */
type ConnectionProblem =
	| 'refused'
	| 'unknownName'
	| 'overdue'
	| 'closed'
	| 'noRoute'
	| 'untrusted'
	| 'notTls';

/** Codes of Node.js and OpenSSL. */
const problemOfCode = new Map<string, ConnectionProblem>([
	['ECONNREFUSED', 'refused'],
	['ENOTFOUND', 'unknownName'],
	['EAI_AGAIN', 'unknownName'],
	['ETIMEDOUT', 'overdue'],
	['ECONNABORTED', 'overdue'],
	['ECONNRESET', 'closed'],
	['EPIPE', 'closed'],
	['EHOSTUNREACH', 'noRoute'],
	['ENETUNREACH', 'noRoute'],
	['EPROTO', 'notTls'],
]);

function problemOf(code: string): ConnectionProblem | undefined {
	const known = problemOfCode.get(code);
	if (known) return known;
	if (/CERT|UNABLE_TO|ERR_TLS/.test(code)) return 'untrusted';
	return /SSL/.test(code) ? 'notTls' : undefined;
}

const CHECK_NETWORK = 'Check that a firewall or proxy of your network lets n8n through.';

/** What happened and what to do, if the address is a Custom URL and if it is the bank's own. */
const connectionTexts: Record<ConnectionProblem, [what: string, custom: string, bank: string]> = {
	refused: [
		'No program listens there',
		'Start the sandbox or the proxy, or correct "Custom URL". If n8n runs in Docker, 127.0.0.1 is its own container: enter the name of the host.',
		CHECK_NETWORK,
	],
	unknownName: [
		'The name of this server is not known',
		'Correct the spelling of "Custom URL". If it is right, the machine of n8n has no working DNS.',
		'The machine of n8n has no working DNS, or no access to the internet.',
	],
	overdue: [
		'No complete answer within 30 s',
		`Check "Custom URL". ${CHECK_NETWORK}`,
		CHECK_NETWORK,
	],
	closed: [
		'The server closed the connection',
		`Check the port and whether "Custom URL" begins with https:// or http://. ${CHECK_NETWORK}`,
		CHECK_NETWORK,
	],
	noRoute: [
		'There is no way to this server',
		`Check "Custom URL". ${CHECK_NETWORK}`,
		CHECK_NETWORK,
	],
	untrusted: [
		'The certificate of this server is not trusted',
		'Check that "Custom URL" has the name in the certificate, and that it has not expired. If your company issued it, start n8n with NODE_EXTRA_CA_CERTS.',
		'A proxy of your company may stand between: start n8n with its certificate in NODE_EXTRA_CA_CERTS. Check the clock of the machine too.',
	],
	notTls: [
		'This server does not speak TLS as n8n does',
		'If it is the sandbox, begin "Custom URL" with http:// instead of https://.',
		CHECK_NETWORK,
	],
};

/**
 * Why the credential test has no answer of the bank.
 * @param url the server; undefined if the credential names none
 * @param error what was thrown, or `overdue`
 */
export function failureProblem(url: string | undefined, error: unknown): string {
	if (error instanceof UserError) return `${error.message}. ${error.description ?? ''}`.trim();
	const codes = [error, objectAt(error, 'cause')].flatMap((level) => textAt(level, 'code') ?? []);
	const problem = error === 'overdue' ? error : codes.map(problemOf).find(Boolean);
	if (problem === undefined) {
		return redact(`The bank could not be asked: ${textAt(error, 'message') ?? String(error)}`);
	}
	const [what, custom, bank] = connectionTexts[problem];
	const isBank = Object.values<string | undefined>(hosts).includes(url);
	const code = codes.length > 0 ? ` (${codes[0]})` : '';
	return `${url}: ${what}${code}. ${isBank ? bank : custom}`;
}
