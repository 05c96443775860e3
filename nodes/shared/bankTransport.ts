import {
	UserError,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

import type { BankRequest, Transport, TransportResult } from '../../bank131/client/transport';
import { objectAt, textAt } from '../../bank131/lib/json';
import { redact } from '../../bank131/values/mask';
import { toJson } from './authenticate';
import { callLimits } from './callLimit';
import { CALL_SIGNAL, CALL_SIGNER, type SupervisedRequest } from './callOptions';
import { eventLoopTurns } from './eventLoopTurns';
import { signerOf, type Signer } from './signer';

/** Name of the credential type. Its `authenticate` signs every request. */
export const CREDENTIAL = 'bank131Api';

/**
 * Errors before a connection was established: the request cannot have reached the bank. EHOSTUNREACH and ENETUNREACH
 * are not among them, because Linux also reports them for an open connection whose route failed after the request was
 * sent.
 */
const NOT_CONNECTED_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ERR_INVALID_URL']);

const BYTE_ORDER_MARK = 0xfeff;

/** Well above any real answer: about 50,000 transactions of a statement. */
const MAX_ANSWER_MB = 32;

export type AnswerStream = NodeJS.ReadableStream & { destroy(error: Error): void };

/** What n8n's helper returns for `httpOptions`. */
interface StreamedResponse {
	statusCode: number;
	headers: object;
	body: AnswerStream;
}

class AnswerTooLong extends Error {
	constructor() {
		super(`The bank's answer is longer than ${MAX_ANSWER_MB} MB`);
	}
}

/** Where the requests go, the credential that signs them, and the time limit of one call, ms. */
export interface TransportOptions {
	/** Precedes the path of each request. */
	baseUrl: string;
	credentials: ICredentialDataDecryptedObject;
	/** Counts until the last byte of the answer. */
	timeoutMs: number;
}

/**
 * Implements the transport with n8n's HTTP helper. Redirects are not followed: a redirect would turn the POST into a
 * GET with the signature of the old body. The transport never throws. It returns
 * - `{ httpStatus, text, retryAfter? }` for every response, with its status and its body as text;
 * - `{ failure: 'notSent', message }` if the credential or the body is invalid or no connection was established: the
 *   bank got nothing;
 * - `{ failure: 'lost', message }` for every other error: the bank may have got the request. Card numbers in the
 *   message are masked.
 */
export function n8nTransport(
	node: IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions,
	{ baseUrl, credentials, timeoutMs }: TransportOptions,
): Transport {
	// Otherwise n8n reads the credential from its database, and decrypts it, for each call.
	const credentialsDecrypted: ICredentialsDecrypted = {
		id: '',
		name: CREDENTIAL,
		type: CREDENTIAL,
		data: credentials,
	};
	const cancel = 'getExecutionCancelSignal' in node ? node.getExecutionCancelSignal() : undefined;
	const startLimit = callLimits(timeoutMs, cancel);
	let signer: Signer | undefined;
	return async (request) => {
		const limit = startLimit();
		try {
			const options = httpOptions(request, baseUrl);
			options[CALL_SIGNAL] = limit.signal;
			options[CALL_SIGNER] = () => (signer ??= signerOf(credentials));
			const { helpers } = node;
			const response = (await helpers.httpRequestWithAuthentication.call(
				node,
				CREDENTIAL,
				options,
				{ credentialsDecrypted },
			)) as StreamedResponse;
			const text = await readText(response.body);
			await eventLoopTurns.take();
			return {
				httpStatus: response.statusCode,
				text,
				retryAfter: textAt(objectAt(response, 'headers'), 'retry-after'),
			};
		} catch (error) {
			return limit.isOverdue() ? overdue(timeoutMs) : toFailure(error);
		} finally {
			limit.release();
		}
	};
}

function httpOptions(
	{ method, path, body, idempotencyKey }: BankRequest,
	baseUrl: string,
): SupervisedRequest {
	const headers: IDataObject = { Accept: 'application/json' };
	if (idempotencyKey !== undefined) headers['X-PARTNER-IDEMPOTENCY-KEY'] = idempotencyKey;
	return {
		method,
		url: baseUrl + path,
		// Bytes, because the HTTP library parses a JSON text once more to check it.
		body: body && Buffer.from(toJson(body)),
		headers,
		// The helper takes no limit for the size of an answer, and reads a text to its end.
		encoding: 'stream',
		returnFullResponse: true,
		// Otherwise n8n repeats the request after a 401, and throws for an error status without the bank's text.
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		// The signal limits the whole call. n8n's own limit counts the time between two bytes, and costs a twentieth of a
		// call.
		timeout: 0,
	};
}

/**
 * The whole body as text, without a byte order mark.
 * @throws AnswerTooLong, and what the stream throws when the connection ends
 */
export async function readText(body: AnswerStream): Promise<string> {
	return await new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let size = 0;
		let isComplete = false;
		body.on('data', (chunk: Buffer) => {
			size += chunk.length;
			if (size > MAX_ANSWER_MB * 1024 * 1024) body.destroy(new AnswerTooLong());
			else chunks.push(chunk);
		});
		body.on('end', () => {
			isComplete = true;
			resolve(utf8Text(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
		});
		body.on('error', reject);
		// A connection that ends early may say no more than this. An error costs a stack trace.
		body.on('close', () => {
			if (!isComplete) reject(new Error('The connection was closed'));
		});
	});
}

/** A TextDecoder takes some µs a call. */
function utf8Text(bytes: Buffer): string {
	const text = bytes.toString('utf8');
	return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
}

const overdue = (timeoutMs: number): TransportResult => ({
	failure: 'lost',
	message: `No complete answer from the bank within ${timeoutMs / 1000} s`,
});

function toFailure(error: unknown): TransportResult {
	const message = error instanceof Error ? error.message : String(error);
	// A field of the credential or the body was rejected: nothing was sent.
	const { cause } = error as { cause?: unknown };
	if (error instanceof UserError || cause instanceof UserError) {
		return { failure: 'notSent', message };
	}
	if (error instanceof AnswerTooLong) return { failure: 'lost', message };
	const codes = [
		error,
		objectAt(error, 'cause'),
		objectAt(objectAt(error, 'cause'), 'cause'),
		objectAt(error, 'errorResponse'),
	]
		.flatMap((level) => [textAt(level, 'code'), textAt(level, 'httpCode')])
		.filter((code): code is string => code !== undefined);
	const code = codes[0];
	const notConnectedCode = codes.find((one) => NOT_CONNECTED_CODES.has(one));
	if (notConnectedCode !== undefined) {
		return {
			failure: 'notSent',
			message: `The bank's server can't be reached (${notConnectedCode}). Check "Environment" in the credential and the network.`,
		};
	}
	return {
		failure: 'lost',
		message: redact(
			`No answer from the bank: ${message}${code === undefined || message.includes(code) ? '' : ` (${code})`}`,
		),
	};
}
