import {
	UserError,
	type IAuthenticate,
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type ICredentialType,
	type Icon,
	type IDataObject,
	type IHttpRequestOptions,
	type INodeProperties,
} from 'n8n-workflow';

import { baseUrl, baseUrlExpression } from '../bank131/environments';
import { loadPrivateKey, loadPublicKeys } from '../bank131/pem';
import type { CheckedField } from '../bank131/problem';
import { sign } from '../bank131/signature';

/** Headers that belong to this credential; old ones are dropped, so signing twice gives the same request. */
const OWN_HEADERS = ['x-partner-project', 'x-partner-sign', 'x-partner-submerchant'];

/** Marks the request of the credential test. It never goes over the wire. */
const TEST_MARK = 'x-credential-test';
const TEST_TIMEOUT_MS = 30_000;

export class Bank131Api implements ICredentialType {
	name = 'bank131Api';

	displayName = 'Bank 131 API';

	icon: Icon = { light: 'file:../icons/bank131.svg', dark: 'file:../icons/bank131.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-bank131/n8n-nodes-bank131#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{
					name: 'Demo',
					value: 'demo',
					description: 'The test bank at demo.bank131.ru: no real money',
				},
				{
					name: 'Live',
					value: 'live',
					description: 'The real bank at proxy.bank131.ru: payouts move real money',
				},
				{
					name: 'Custom URL',
					value: 'custom',
					description: "A sandbox on your own machine, or your company's proxy",
				},
			],
			default: 'demo',
			description: 'Which bank the requests go to. Demo and Live have separate projects and keys.',
		},
		{
			displayName: 'Custom URL',
			name: 'customUrl',
			type: 'string',
			displayOptions: { show: { environment: ['custom'] } },
			default: '',
			required: true,
			placeholder: 'e.g. http://127.0.0.1:8131',
			description: 'Address without the "/api/v1" part',
		},
		{
			displayName: 'Project',
			name: 'project',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. my_company_payouts',
			description: 'Identifier of your project. Your manager at the bank issues it.',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 6 },
			default: '',
			required: true,
			placeholder: '-----BEGIN PRIVATE KEY-----',
			description:
				'Your RSA private key, with the BEGIN and END lines. The bank has its public half. Requests are signed with it here; it is never sent anywhere.',
		},
		{
			displayName: 'Passphrase',
			name: 'passphrase',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only if the private key is protected by one',
		},
		{
			displayName: 'Bank Public Key',
			name: 'bankPublicKey',
			type: 'string',
			typeOptions: { rows: 6 },
			default: '',
			placeholder: '-----BEGIN PUBLIC KEY-----',
			description:
				'The public key the bank gave you to check its webhooks. Only the trigger needs it, and it starts no workflow without. While the bank changes its key, paste the old and the new one below each other.',
		},
		{
			displayName: 'Sub-Merchant',
			name: 'submerchant',
			type: 'string',
			default: '',
			description:
				'Identifier of the payer. Only financial institutions outside Russia need it; leave it empty otherwise.',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'options',
			options: [
				{ name: 'V2', value: 'v2' },
				{ name: 'V1', value: 'v1' },
			],
			default: 'v2',
			description:
				'Version of the payout methods. Choose V1 only if your agreement with the bank names it.',
		},
	];

	/**
	 * Signs the exact text that goes over the wire, for every request made with this credential: the nodes of this package,
	 * the credential test, n8n's HTTP Request node. Signing a signed request again gives the same bytes.
	 */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
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
		else if (!hasHeader(requestOptions, 'content-type'))
			headers['Content-Type'] = 'application/json';
		if (isTest) signed.timeout = TEST_TIMEOUT_MS;
		return signed;
	};

	/**
	 * Asks for the balance, which changes nothing. Which HTTP status the bank uses for which error is not documented, so the
	 * status is ignored and the answer itself is read; anything that is not the bank's JSON is refused.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: baseUrlExpression,
			url: '/api/v1/wallet/balance',
			method: 'POST',
			headers: { [TEST_MARK]: 'yes' },
			body: { request_datetime: '={{ $now.toFormat("yyyy-MM-dd\'T\'HH:mm:ssZZ") }}' },
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		},
		rules: [
			whenCode(
				'authentication_error',
				'Private Key: the bank does not accept its signature. The public key registered at the bank for this project is not the public half of it. Check the key, and that "Environment" and "Project" are the ones it was registered for.',
			),
			whenCode(
				'authorization_error',
				'Project: the bank does not know it, or it has no right to be used this way. Check "Project" and "Environment", or ask your manager at the bank.',
			),
			whenCode(
				'identification_error',
				'Project: the bank cannot tell who you are. Check "Project" and "Sub-Merchant".',
			),
			whenCode(
				'invalid_request',
				'The bank was reached but did not accept the request. Check "Project" and "Sub-Merchant".',
			),
			whenCode('internal_error', 'The bank has trouble of its own. Try again later.'),
			whenCode('wallet_internal_error', 'The bank has trouble of its own. Try again later.'),
			when(
				'status.length',
				undefined,
				'The answer did not come from Bank 131. Check "Environment" and "Custom URL", and that no proxy or firewall stands between.',
			),
			when(
				'status',
				'error',
				'The bank refused the request. Check "Environment", "Project" and "Private Key", or ask your manager at the bank.',
			),
		],
	};
}

type Rule = Extract<
	NonNullable<ICredentialTestRequest['rules']>[number],
	{ type: 'responseSuccessBody' }
>;

/** n8n refuses the credential with `message` when the answer has exactly this value there. */
function when(key: string, value: unknown, message: string): Rule {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}

const whenCode = (code: string, message: string) => when('error.code', code, message);

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
	try {
		JSON.parse(text);
		return text;
	} catch {
		throw new UserError('The request body is not JSON', {
			description: 'Bank 131 takes JSON only. Check the body for missing quotes and commas.',
		});
	}
}

function stringified(body: unknown): string {
	try {
		return JSON.stringify(body) ?? '';
	} catch {
		throw new UserError('The request body cannot be written as JSON', {
			description: 'It refers to itself or holds a value that JSON does not have.',
		});
	}
}
