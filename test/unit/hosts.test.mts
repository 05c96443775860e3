import { chooseHost, type HostProblem } from '../../bank131/client/hosts.ts';
import { hostProblemTexts } from '../../nodes/shared/messages/hostProblemTexts.ts';
import { problemText } from '../../nodes/shared/messages/problemText.ts';

const custom = (customUrl: unknown) => chooseHost({ environment: 'custom', customUrl });

describe('chooseHost', () => {
	it.each([
		['demo', 'https://demo.bank131.ru', false],
		['live', 'https://proxy.bank131.ru', true],
		[undefined, 'https://demo.bank131.ru', false],
		['LIVE', 'https://demo.bank131.ru', false],
	])('environment %p: %s', (environment, url, isLive) => {
		const fields = { environment, customUrl: 'http://x', leadsToLive: environment !== 'live' };
		expect(chooseHost(fields)).toEqual({ ok: true, value: { url, isLive } });
	});

	it.each([
		['http://127.0.0.1:8131', 'http://127.0.0.1:8131'],
		['http://127.0.0.1:8131/', 'http://127.0.0.1:8131'],
		['http://127.0.0.1:8131///', 'http://127.0.0.1:8131'],
		[' https://bank.proxy.local/bank131 ', 'https://bank.proxy.local/bank131'],
		['https://demo.bank131.ru/api/v1', 'https://demo.bank131.ru'],
		['https://demo.bank131.ru/api/v2/', 'https://demo.bank131.ru'],
		['https://demo.bank131.ru/API', 'https://demo.bank131.ru'],
		['https://gate.local/api-bank', 'https://gate.local/api-bank'],
		['HTTPS://gate.local:8443', 'HTTPS://gate.local:8443'],
		['http://[::1]:8131', 'http://[::1]:8131'],
		['http://шлюз.компания.рф/api/v1', 'http://шлюз.компания.рф'],
		['http://mybank131.ru', 'http://mybank131.ru'],
		['http://bank131.ru.gate.local', 'http://bank131.ru.gate.local'],
	])('custom address %p: %p', (typed, url) => {
		expect(custom(typed)).toEqual({ ok: true, value: { url, isLive: false } });
	});

	it.each([
		['https://gate.local', true, true],
		['https://gate.local', 'true', true],
		['https://gate.local', ' True ', true],
		['https://gate.local', false, false],
		['https://gate.local', 'false', false],
		['https://gate.local', undefined, false],
		['https://gate.local', '', false],
		['https://proxy.bank131.ru', false, true],
		['https://PROXY.bank131.ru/api/v1', undefined, true],
		['https://demo.bank131.ru', false, false],
	])('custom address %p, Leads to Live %p: live is %p', (customUrl, leadsToLive, isLive) => {
		expect(chooseHost({ environment: 'custom', customUrl, leadsToLive })).toMatchObject({
			ok: true,
			value: { isLive },
		});
	});

	it.each<[unknown, HostProblem['code'], RegExp]>([
		['', 'url.empty', /^Custom URL is empty$/],
		[undefined, 'url.empty', /^Custom URL is empty$/],
		[42, 'url.empty', /^Custom URL is empty$/],
		['127.0.0.1:8131', 'url.wrongScheme', /does not start with https/],
		['sandbox', 'url.wrongScheme', /does not start with https/],
		['localhost:4131', 'url.wrongScheme', /does not start with https/],
		['ftp://x', 'url.wrongScheme', /does not start with https/],
		['file:///etc/passwd', 'url.wrongScheme', /does not start with https/],
		['javascript:alert(1)', 'url.wrongScheme', /does not start with https/],
		['https://', 'url.notAUrl', /is not a URL/],
		['https://user:pass@host', 'url.moreThanHostAndPath', /more than a host/],
		['https://:pass@host/', 'url.moreThanHostAndPath', /more than a host/],
		['https://@host/', 'url.moreThanHostAndPath', /more than a host/],
		['https://user@host/api/v1', 'url.moreThanHostAndPath', /more than a host/],
		['https://host/?a=1', 'url.moreThanHostAndPath', /more than a host/],
		['https://host/?', 'url.moreThanHostAndPath', /more than a host/],
		['https://host?', 'url.moreThanHostAndPath', /more than a host/],
		['https://host/?/api/v1', 'url.moreThanHostAndPath', /more than a host/],
		['https://host/api/v1?', 'url.moreThanHostAndPath', /more than a host/],
		['https://host/#x', 'url.moreThanHostAndPath', /more than a host/],
		['https://host/#', 'url.moreThanHostAndPath', /more than a host/],
		['https://host#/api/v1', 'url.moreThanHostAndPath', /more than a host/],
		['https:host', 'url.wrongScheme', /does not start with https/],
		['https:/host', 'url.wrongScheme', /does not start with https/],
		['https:///host', 'url.notAUrl', /is not a URL/],
		['https:\\\\host', 'url.wrongScheme', /does not start with https/],
		['https://host\\@evil', 'url.notAUrl', /is not a URL/],
		['https://ho\nst', 'url.notAUrl', /is not a URL/],
		['https://host/a b', 'url.notAUrl', /is not a URL/],
		['http://proxy.bank131.ru', 'url.notEncrypted', /without encryption/],
		['http://demo.bank131.ru/api/v1', 'url.notEncrypted', /without encryption/],
		['HTTP://Proxy.Bank131.ru:443', 'url.notEncrypted', /without encryption/],
		['http://proxy.bank131.ru.', 'url.notEncrypted', /without encryption/],
		['http://proxy%2ebank131.ru', 'url.notEncrypted', /without encryption/],
		['http://other.bank131.ru/x', 'url.notEncrypted', /without encryption/],
		['http://bank131.ru', 'url.notEncrypted', /without encryption/],
		[`https://${'a'.repeat(2001)}`, 'url.tooLong', /too long/],
	])('rejects %p with %s', (typed, code, message) => {
		expect(custom(typed)).toEqual({ ok: false, problem: { code } });
		expect(problemText(hostProblemTexts, { code }).message).toMatch(message);
	});
});
