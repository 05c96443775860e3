import { invalid, ok, type Result } from '../lib/result';

/** The bank's own hosts (api/01 "Base URLs"). */
export const hosts = {
	demo: 'https://demo.bank131.ru',
	live: 'https://proxy.bank131.ru',
} as const;

/** The fields of the credential that choose the host. An expression may give them any value. */
export interface EnvironmentFields {
	/** `demo`, `live` or `custom`. */
	environment?: unknown;
	/** Address of a sandbox or proxy; read only if `environment` is `custom`. */
	customUrl?: unknown;
}

/** What can be wrong with a custom address. */
export type HostProblem =
	| { code: 'url.empty' }
	| { code: 'url.tooLong' }
	| { code: 'url.notAUrl' }
	/** Neither `https:` nor `http:`. */
	| { code: 'url.wrongScheme' }
	/** It has a user name, a query or a fragment. */
	| { code: 'url.moreThanHostAndPath' };

const MAX_URL_LENGTH = 2000;

/** The part that is removed from the end of a custom address, because people copy it with the host: `/`, `/api/v1/`. */
export const API_PATH_SUFFIX = /(\/{1,3}api(\/{1,3}v[0-9]{1,3})?)?\/{0,9}$/i;

/**
 * The base URL of the API: scheme, host and the path before `/api/v1/`, without a trailing slash. Every environment other
 * than `live` and `custom` gives the demo host, so that no typing error in an expression moves real money.
 */
export function baseUrl(credentials: EnvironmentFields): Result<string, HostProblem> {
	if (credentials.environment === 'live') return ok(hosts.live);
	if (credentials.environment !== 'custom') return ok(hosts.demo);
	const typed = typeof credentials.customUrl === 'string' ? credentials.customUrl.trim() : '';
	if (typed === '') return invalid<HostProblem>({ code: 'url.empty' });
	if (typed.length > MAX_URL_LENGTH) return invalid<HostProblem>({ code: 'url.tooLong' });
	const text = typed.replace(API_PATH_SUFFIX, '');
	const parsed = parseUrl(text);
	if (!parsed) return invalid<HostProblem>({ code: 'url.notAUrl' });
	if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') {
		return invalid<HostProblem>({ code: 'url.wrongScheme' });
	}
	if (parsed.username !== '' || parsed.search !== '' || parsed.hash !== '') {
		return invalid<HostProblem>({ code: 'url.moreThanHostAndPath' });
	}
	return ok(text);
}

function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}
