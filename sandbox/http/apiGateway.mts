// Checks project, signature, JSON, method and version of a request, then calls its endpoint (api/01).
import type { Partner } from './sandboxContext.mts';
import { endpoints } from '../api/endpoints.mts';
import { BankError, invalidRequest } from '../protocol/bankError.mts';
import type { Bank } from '../bank/bank.mts';
import { isObject, textAt, type JsonObject } from '../lib/json.mts';
import { verifySignature } from '../protocol/keys.mts';
import type { Settings } from '../config/settings.mts';
import { shapeSession } from '../wire/sessionShape.mts';
import { startMoney } from './startMoney.mts';
import type { RequestRecord } from './requestRecord.mts';

/** One API request, not verified yet. */
export interface ApiRequest {
	method: string;
	/** Path after /api/, e.g. v2/session/create. */
	path: string;
	contentType: string | undefined;
	signature: string | undefined;
	body: Buffer;
	record: RequestRecord;
}

/** HTTP status and JSON text of a response. */
export interface ApiResponse {
	status: number;
	body: string;
}

/** PHP writes an empty object as `[]`, the docs as `{}`: both are an empty body (api/01). */
function parseBody(parsed: unknown): JsonObject {
	if (Array.isArray(parsed) && parsed.length === 0) return {};
	if (!isObject(parsed)) throw invalidRequest('the body must be a JSON object');
	return parsed;
}

function findEndpoint({ method, path }: ApiRequest) {
	const [, digit, name = ''] = /^v(\d+)\/(.+)$/.exec(path) ?? [];
	const endpoint = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined;
	const version = endpoint?.versions.find((supported) => String(supported) === digit);
	if (endpoint === undefined || version === undefined) {
		throw invalidRequest(`there is no method ${path}`);
	}
	const methods: readonly string[] = endpoint.methods ?? ['POST'];
	if (!methods.includes(method))
		throw invalidRequest(`${path} is called by ${methods.join(' or ')}`);
	return { endpoint, version };
}

/** Verifies the request and calls its endpoint; throws a BankError to reject it. */
function dispatch(bank: Bank, partner: Partner, request: ApiRequest, parsed: unknown): JsonObject {
	const { record } = request;
	if (record.project !== partner.project) {
		throw new BankError('authorization_error', 'X-PARTNER-PROJECT: unknown project');
	}
	record.signatureOk = verifySignature(request.body, request.signature ?? '', partner.publicKey);
	if (!record.signatureOk) {
		throw new BankError('authentication_error', 'X-PARTNER-SIGN: the signature is not valid');
	}
	if (request.body.length > 0 && !/^application\/json\b/i.test(request.contentType ?? '')) {
		throw invalidRequest('Content-Type: application/json is required');
	}
	const body = parseBody(parsed);
	const { endpoint, version } = findEndpoint(request);
	const key = bank.idempotencyKeys.keyOf(record.idempotencyKey, request.path.replace(/^v\d\//, ''));
	const call = { bank, version, body, key };
	if (endpoint.startsMoney === true) return startMoney(endpoint, call, record);
	const isKeyChecked = bank.settings.idempotencyScope === 'everyPost' && request.method === 'POST';
	if (!isKeyChecked) return endpoint.handle(call);
	key.assertUnused();
	const response = endpoint.handle(call);
	key.markUsed();
	return response;
}

function errorStatus({ errorHttpStatus }: Settings, code: string): number {
	if (typeof errorHttpStatus === 'number') return errorHttpStatus;
	return errorHttpStatus[code] ?? errorHttpStatus.default ?? 400;
}

function errorResponse(bank: Bank, record: RequestRecord, failure: BankError): ApiResponse {
	const { code, description } = failure;
	const error = { code, description };
	const omitsStatus =
		code === 'idempotency_key_already_exists' && !bank.settings.idempotencyErrorHasStatus;
	record.errorCode = code;
	return {
		status: errorStatus(bank.settings, code),
		body: JSON.stringify(omitsStatus ? { error } : { status: 'error', error }),
	};
}

/**
 * Processes a request and returns the response. Never throws: errors become responses. `parsed` is the
 * parsed body.
 */
export function handleApiRequest(
	bank: Bank,
	partner: Partner,
	request: ApiRequest,
	parsed: unknown,
): ApiResponse {
	try {
		const response = dispatch(bank, partner, request, parsed);
		request.record.sessionId = textAt(response, 'session.id') ?? request.record.sessionId;
		request.record.errorCode = textAt(response, 'error.code');
		const shaped = shapeSession(response, bank.settings);
		if (bank.settings.hidesConfirmInformation) delete shaped.confirm_information;
		if (bank.settings.emptyErrors !== 'none') shaped.error ??= {};
		return { status: 200, body: JSON.stringify(shaped) };
	} catch (error) {
		if (error instanceof BankError) return errorResponse(bank, request.record, error);
		const description = error instanceof Error ? error.message : String(error);
		return errorResponse(bank, request.record, new BankError('internal_error', description));
	}
}
