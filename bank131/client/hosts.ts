import { ok, type CheckedField } from '../lib/result';

/** The bank's own hosts (api/01 "Base URLs"). */
export const hosts = {
	demo: 'https://demo.bank131.ru',
	live: 'https://proxy.bank131.ru',
} as const;

/** The parts of the credential that choose the host. */
export interface EnvironmentFields {
	environment?: unknown;
	customUrl?: unknown;
}

const LONGEST_URL = 2000;

/** What people copy along with the host: `/`, `/api`, `/api/v1/`. */
const ENDING = /(\/{1,3}api(\/{1,3}v[0-9]{1,3})?)?\/{0,9}$/i;

/**
 * Scheme and host to put before `/api/v1/...`, without a slash at the end. Demo unless the credential clearly says otherwise;
 * the problem names the field `Custom URL`.
 */
export function baseUrl(credentials: EnvironmentFields): CheckedField<string> {
	if (credentials.environment === 'live') return ok(hosts.live);
	if (credentials.environment !== 'custom') return ok(hosts.demo);
	const typed = typeof credentials.customUrl === 'string' ? credentials.customUrl.trim() : '';
	if (typed === '') return badUrl('is empty');
	if (typed.length > LONGEST_URL) return badUrl('is too long');
	const text = typed.replace(ENDING, '');
	const parsed = parseUrl(text);
	if (!parsed) return badUrl('is not a URL');
	if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') {
		return badUrl('does not start with https:// or http://');
	}
	if (parsed.username !== '' || parsed.search !== '' || parsed.hash !== '') {
		return badUrl('holds more than a host and a path');
	}
	return ok(text);
}

/**
 * The same as `baseUrl` as an n8n expression, for the credential test, which n8n runs without asking our code. What
 * `baseUrl` refuses never gets that far: `authenticate` refuses it first.
 */
export const baseUrlExpression = `={{ $credentials.environment === 'live' ? '${hosts.live}' : $credentials.environment === 'custom' ? String($credentials.customUrl).trim().replace(${String(ENDING)}, '') : '${hosts.demo}' }}`;

function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

function badUrl(what: string): CheckedField<never> {
	return {
		ok: false,
		problem: {
			field: 'Custom URL',
			message: `Custom URL ${what}`,
			remedy: 'Enter the address of the sandbox or proxy, for example http://127.0.0.1:8131.',
		},
	};
}
