import {
	UserError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';

import { sign } from '../../bank131/auth/signature';
import { parseJson } from '../../bank131/lib/json';
import { CALL_SIGNAL, CALL_SIGNER, type SupervisedRequest } from './callOptions';
import { eventLoopTurns } from './eventLoopTurns';
import { signerOf } from './signer';

/** Headers that this credential sets. Earlier values are removed, so signing twice gives the same request. */
const SIGNING_HEADERS = ['x-partner-project', 'x-partner-sign', 'x-partner-submerchant'];

/**
 * Signs the exact text that goes over the wire, for every request made with this credential: the nodes of this package,
 * the credential test, n8n's HTTP Request node. Signing a signed request again gives the same bytes.
 * @returns A copy of the request with the headers `X-PARTNER-…`, with the body as text (bytes stay bytes), and with the
 * signal of the call as its `abortSignal`
 * @throws UserError when a field of the credential or the body cannot be used. Nothing was sent then.
 */
export async function authenticate(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: SupervisedRequest,
): Promise<IHttpRequestOptions> {
	const signer = requestOptions[CALL_SIGNER]?.() ?? signerOf(credentials);
	const body = serializeBody(requestOptions);

	const headers: IDataObject = {};
	let hasContentType = false;
	for (const [name, value] of Object.entries(requestOptions.headers ?? {})) {
		const lowerCaseName = name.toLowerCase();
		if (!SIGNING_HEADERS.includes(lowerCaseName)) headers[name] = value;
		hasContentType ||= lowerCaseName === 'content-type';
	}
	headers['X-PARTNER-PROJECT'] = signer.project;
	if (signer.submerchant !== '') headers['X-PARTNER-SUBMERCHANT'] = signer.submerchant;
	headers['X-PARTNER-SIGN'] = await sign(body, signer.key);

	const signed: IHttpRequestOptions = { ...requestOptions, headers, body };
	if (body.length === 0) delete signed.body;
	else if (!hasContentType) headers['Content-Type'] = 'application/json';
	const signal = requestOptions[CALL_SIGNAL];
	if (signal) {
		signed.abortSignal = signal;
		// While the event loop was busy, the thread pool may have signed dozens of requests.
		await eventLoopTurns.take();
	}
	return signed;
}

/** The body as it goes over the wire: text for JSON, bytes unchanged, an empty text if there is no body. */
function serializeBody(request: IHttpRequestOptions): string | Buffer {
	const method = (request.method ?? 'GET').toUpperCase();
	// n8n sends no body with GET. Assumption: the bank then verifies the signature of the empty text. Its PHP SDK sends
	// and signs "[]" even with GET; the bank's documents do not say.
	if (method === 'GET' || method === 'HEAD') return '';
	const { form, formData } = request as { form?: unknown; formData?: unknown };
	const body: unknown = request.body;
	if (form !== undefined || formData !== undefined || isStreamOrForm(body)) {
		throw new UserError('Bank 131 takes JSON only', {
			description: 'Send the body as JSON; forms, files and streams cannot be signed.',
		});
	}
	if (body === undefined || body === null || body === '') return '';
	if (Buffer.isBuffer(body)) return body;
	return typeof body === 'string' ? checkJson(body.trim()) : toJson(body);
}

/** Whether the body is a stream, a form or a file, which cannot be signed. */
function isStreamOrForm(body: unknown): boolean {
	if (typeof body !== 'object' || body === null || Buffer.isBuffer(body)) return false;
	const { pipe, getHeaders } = body as { pipe?: unknown; getHeaders?: unknown };
	const tag = Object.prototype.toString.call(body);
	return (
		typeof pipe === 'function' ||
		typeof getHeaders === 'function' ||
		['[object FormData]', '[object URLSearchParams]', '[object Blob]'].includes(tag)
	);
}

/** The HTTP library quotes text that is not JSON, and the signature would then be over other bytes. */
function checkJson(text: string): string {
	if (parseJson(text) !== undefined) return text;
	throw new UserError('The request body is not JSON', {
		description: 'Bank 131 takes JSON only. Check the body for missing quotes and commas.',
	});
}

/**
 * The body as JSON.
 * @throws UserError when it cannot be written as JSON
 */
export function toJson(body: unknown): string {
	const text = tryStringify(body);
	if (text !== undefined) return text;
	throw new UserError('The request body cannot be written as JSON', {
		description: 'It refers to itself or holds a value that JSON does not have.',
	});
}

function tryStringify(body: unknown): string | undefined {
	try {
		return JSON.stringify(body) ?? '';
	} catch {
		return undefined;
	}
}
