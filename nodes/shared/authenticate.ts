import {
	UserError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';

import { baseUrl } from '../../bank131/client/hosts';
import { parseJson } from '../../bank131/lib/json';
import { loadPrivateKey, loadPublicKeys } from '../../bank131/auth/keys';
import type { CheckedField } from '../../bank131/lib/result';
import { sign } from '../../bank131/auth/signature';
import { TEST_MARK } from './testMark';

/** Headers that belong to this credential; old ones are dropped, so signing twice gives the same request. */
const OWN_HEADERS = ['x-partner-project', 'x-partner-sign', 'x-partner-submerchant'];

const TEST_TIMEOUT_MS = 30_000;

/**
 * Signs the exact text that goes over the wire, for every request made with this credential: the nodes of this package,
 * the credential test, n8n's HTTP Request node. Signing a signed request again gives the same bytes.
 */
export async function authenticate(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const isTest = hasHeader(requestOptions, TEST_MARK);
	refuseBadFields(credentials, isTest);
	const key = required(loadPrivateKey(credentials.privateKey, credentials.passphrase));
	const body = serialized(requestOptions);

	const headers: IDataObject = {};
	for (const [name, value] of Object.entries(requestOptions.headers ?? {})) {
		const lowerCase = name.toLowerCase();
		if (!OWN_HEADERS.includes(lowerCase) && lowerCase !== TEST_MARK) headers[name] = value;
	}
	headers['X-PARTNER-PROJECT'] = headerText(credentials.project);
	const submerchant = headerText(credentials.submerchant);
	if (submerchant !== '') headers['X-PARTNER-SUBMERCHANT'] = submerchant;
	headers['X-PARTNER-SIGN'] = await sign(body, key);

	const signed: IHttpRequestOptions = { ...requestOptions, headers, body };
	if (body.length === 0) delete signed.body;
	else if (!hasHeader(requestOptions, 'content-type')) headers['Content-Type'] = 'application/json';
	if (isTest) signed.timeout = TEST_TIMEOUT_MS;
	return signed;
}

function required<T>(field: CheckedField<T>): T {
	if (field.ok) return field.value;
	throw new UserError(field.problem.message, { description: field.problem.remedy });
}

const headerText = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

function refuseBadFields(credentials: ICredentialDataDecryptedObject, isTest: boolean): void {
	required(baseUrl(credentials));
	if (headerText(credentials.project) === '') {
		throw new UserError('Project is empty', {
			description: 'Enter the identifier of your project. Your manager at the bank issues it.',
		});
	}
	refuseUnsendable('Project', headerText(credentials.project));
	refuseUnsendable('Sub-Merchant', headerText(credentials.submerchant));
	// Payouts do not need the bank's key, so a wrong one is pointed out when the credential is tested and stops nothing else.
	if (isTest && headerText(credentials.bankPublicKey) !== '') {
		required(loadPublicKeys(credentials.bankPublicKey));
	}
}

function refuseUnsendable(field: string, text: string): void {
	if (/^[\x20-\x7e]*$/.test(text)) return;
	throw new UserError(`${field} holds a line break or a letter that cannot be sent`, {
		description: 'Use Latin letters, digits and signs only. Cyrillic letters may look the same.',
	});
}

function hasHeader({ headers }: IHttpRequestOptions, lowerCaseName: string): boolean {
	return Object.keys(headers ?? {}).some((name) => name.toLowerCase() === lowerCaseName);
}

/** The body as it goes over the wire: text for JSON, untouched bytes for bytes, empty for none. */
function serialized(request: IHttpRequestOptions): string | Buffer {
	const method = (request.method ?? 'GET').toUpperCase();
	// n8n sends no body with GET. Assumption: the bank then checks the signature of the empty text; its PHP SDK sends and
	// signs "[]" even with GET, and no document says more.
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
	return typeof body === 'string' ? jsonText(body.trim()) : stringified(body);
}

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

/** The HTTP library would put other text into quotes, and the signature would no longer fit. */
function jsonText(text: string): string {
	if (parseJson(text) !== undefined) return text;
	throw new UserError('The request body is not JSON', {
		description: 'Bank 131 takes JSON only. Check the body for missing quotes and commas.',
	});
}

function stringified(body: unknown): string {
	const text = textOf(body);
	if (text !== undefined) return text;
	throw new UserError('The request body cannot be written as JSON', {
		description: 'It refers to itself or holds a value that JSON does not have.',
	});
}

function textOf(body: unknown): string | undefined {
	try {
		return JSON.stringify(body) ?? '';
	} catch {
		return undefined;
	}
}
