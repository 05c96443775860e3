import type { Partner } from './sandboxContext.mts';
// The bank's front door: project, signature, JSON, method and version; then the endpoint answers.
import { endpoints } from '../api/endpoints.mts';
import { BankError, invalidRequest } from '../protocol/bankError.mts';
import type { Bank } from '../bank/bank.mts';
import { isObject, textAt, type JsonObject } from '../lib/json.mts';
import { verifySignature } from '../protocol/keys.mts';
import type { Settings } from '../config/settings.mts';
import type { RequestRecord } from './requestRecord.mts';

export interface Knock {
	method: string;
	/** Path after /api/, e.g. v2/session/create */
	path: string;
	contentType: string | undefined;
	signature: string | undefined;
	body: Buffer;
	record: RequestRecord;
}

export interface Answer {
	status: number;
	body: string;
}

/** PHP writes an empty object as `[]`, docs as `{}`: both are an empty body (api/01). */
function readBody(parsed: unknown): JsonObject {
	if (Array.isArray(parsed) && parsed.length === 0) return {};
	if (!isObject(parsed)) throw invalidRequest('the body must be a JSON object');
	return parsed;
}

function endpointFor({ method, path }: Knock) {
	const [, digit, name = ''] = /^v(\d+)\/(.+)$/.exec(path) ?? [];
	const endpoint = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined;
	const version = endpoint?.versions.find((known) => String(known) === digit);
	if (endpoint === undefined || version === undefined) {
		throw invalidRequest(`there is no method ${path}`);
	}
	const methods: readonly string[] = endpoint.methods ?? ['POST'];
	if (!methods.includes(method)) throw invalidRequest(`${path} is called by ${methods.join(' or ')}`);
	return { endpoint, version };
}

function answerOf(bank: Bank, partner: Partner, knock: Knock, parsed: unknown): JsonObject {
	const { record } = knock;
	if (record.project !== partner.project) {
		throw new BankError('authorization_error', 'X-PARTNER-PROJECT: unknown project');
	}
	record.signatureOk = verifySignature(knock.body, knock.signature ?? '', partner.publicKey);
	if (!record.signatureOk) {
		throw new BankError('authentication_error', 'X-PARTNER-SIGN: the signature is not valid');
	}
	if (knock.body.length > 0 && !/^application\/json\b/i.test(knock.contentType ?? '')) {
		throw invalidRequest('Content-Type: application/json is required');
	}
	const body = readBody(parsed);
	const { endpoint, version } = endpointFor(knock);
	const key = record.idempotencyKey;
	const alsoHere = bank.settings.idempotencyScope === 'everyPost' && knock.method === 'POST';
	if (endpoint.startsMoney !== true && alsoHere) {
		bank.idempotencyKeys.assertUnused(key);
		const answer = endpoint.answer({ bank, version, body, idempotencyKey: undefined });
		bank.idempotencyKeys.markUsed(key);
		return answer;
	}
	return endpoint.answer({ bank, version, body, idempotencyKey: key });
}

function errorStatus({ errorHttpStatus }: Settings, code: string): number {
	if (typeof errorHttpStatus === 'number') return errorHttpStatus;
	return errorHttpStatus[code] ?? errorHttpStatus.default ?? 400;
}

function refusal(bank: Bank, record: RequestRecord, failure: BankError): Answer {
	const { code, description } = failure;
	const error = { code, description };
	const bare =
		code === 'idempotency_key_already_exists' && !bank.settings.idempotencyErrorHasStatus;
	record.errorCode = code;
	return {
		status: errorStatus(bank.settings, code),
		body: JSON.stringify(bare ? { error } : { status: 'error', error }),
	};
}

/** Does what the request asks; the answer is ready to be sent, or to be lost by a fault. */
export function answerKnock(bank: Bank, partner: Partner, knock: Knock, parsed: unknown): Answer {
	try {
		const answer = answerOf(bank, partner, knock, parsed);
		knock.record.sessionId = textAt(answer, 'session.id') ?? knock.record.sessionId;
		knock.record.errorCode = textAt(answer, 'error.code');
		return { status: 200, body: JSON.stringify(answer) };
	} catch (error) {
		if (error instanceof BankError) return refusal(bank, knock.record, error);
		const description = error instanceof Error ? error.message : String(error);
		return refusal(bank, knock.record, new BankError('internal_error', description));
	}
}
