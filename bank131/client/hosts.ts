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
	/** Whether that address leads to the real bank, as a company's proxy may. */
	leadsToLive?: unknown;
}

const LIVE_HOST = new URL(hosts.live).host;

/** A server of the bank's API, or of a sandbox. */
export interface Host {
	/** Scheme, host and the path before `/api/v1/`, without a trailing slash. */
	url: string;
	/** Whether it is the bank that moves real money. */
	isLive: boolean;
}

/** What can be wrong with a custom address. */
export type HostProblem =
	| { code: 'url.empty' }
	| { code: 'url.tooLong' }
	| { code: 'url.notAUrl' }
	/** Neither `https://` nor `http://`. */
	| { code: 'url.wrongScheme' }
	/** It has a user name, a password, a query or a fragment, which may be empty. */
	| { code: 'url.moreThanHostAndPath' }
	/** `http://` to a host of the bank itself. */
	| { code: 'url.notEncrypted' };

const MAX_URL_LENGTH = 2000;

/** The part that is removed from the end of a custom address, because people copy it with the host: `/`, `/api/v1/`. */
export const API_PATH_SUFFIX = /(\/{1,3}api(\/{1,3}v[0-9]{1,3})?)?\/{0,9}$/i;

/**
 * The server that the credential chooses. Every environment other than `live` and `custom` gives the demo host, so that
 * no typing error in an expression moves real money.
 */
export function chooseHost(credentials: EnvironmentFields): Result<Host, HostProblem> {
	if (credentials.environment === 'live') return ok({ url: hosts.live, isLive: true });
	if (credentials.environment !== 'custom') return ok({ url: hosts.demo, isLive: false });
	const typed = typeof credentials.customUrl === 'string' ? credentials.customUrl.trim() : '';
	if (typed === '') return invalid<HostProblem>({ code: 'url.empty' });
	if (typed.length > MAX_URL_LENGTH) return invalid<HostProblem>({ code: 'url.tooLong' });
	const url = typed.replace(API_PATH_SUFFIX, '');
	if (!/^https?:\/\//i.test(typed)) return invalid<HostProblem>({ code: 'url.wrongScheme' });
	const parsed = parseUrl(url);
	if (!parsed) return invalid<HostProblem>({ code: 'url.notAUrl' });
	// The parser repairs what is not a URL, such as blanks, backslashes and a third slash.
	if (/[\s\\]|:\/{3}/.test(url)) return invalid<HostProblem>({ code: 'url.notAUrl' });
	// The parser drops empty parts. A path that follows "?" or "#" would be no path.
	if (/[?#@]/.test(url)) return invalid<HostProblem>({ code: 'url.moreThanHostAndPath' });
	if (parsed.protocol === 'http:' && isBankHost(parsed)) {
		return invalid<HostProblem>({ code: 'url.notEncrypted' });
	}
	const isLive = parsed.host === LIVE_HOST || isOn(credentials.leadsToLive);
	return ok({ url, isLive });
}

const isBankHost = ({ hostname }: URL): boolean => /(^|\.)bank131\.ru\.?$/.test(hostname);

/** An expression in the credential may give text. */
const isOn = (flag: unknown): boolean => String(flag).trim().toLowerCase() === 'true';

function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}
