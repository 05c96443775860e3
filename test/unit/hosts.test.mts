import { baseUrl, type HostProblem } from '../../bank131/client/hosts.ts';
import { hostProblemTexts } from '../../nodes/shared/messages/hostProblemTexts.ts';
import { problemText } from '../../nodes/shared/messages/problemText.ts';

const custom = (customUrl: unknown) => baseUrl({ environment: 'custom', customUrl });

describe('baseUrl', () => {
	it.each([
		['demo', 'https://demo.bank131.ru'],
		['live', 'https://proxy.bank131.ru'],
		[undefined, 'https://demo.bank131.ru'],
		['LIVE', 'https://demo.bank131.ru'],
	])('of the environment %p is %s', (environment, url) => {
		expect(baseUrl({ environment, customUrl: 'http://x' })).toEqual({ ok: true, value: url });
	});

	it.each([
		['http://127.0.0.1:8131', 'http://127.0.0.1:8131'],
		['http://127.0.0.1:8131/', 'http://127.0.0.1:8131'],
		['http://127.0.0.1:8131///', 'http://127.0.0.1:8131'],
		[' https://bank.proxy.local/bank131 ', 'https://bank.proxy.local/bank131'],
		['https://proxy.bank131.ru/api/v1', 'https://proxy.bank131.ru'],
		['https://proxy.bank131.ru/api/v2/', 'https://proxy.bank131.ru'],
		['https://proxy.bank131.ru/API', 'https://proxy.bank131.ru'],
		['https://gate.local/api-bank', 'https://gate.local/api-bank'],
	])('of the custom address %p is %p', (typed, url) => {
		expect(custom(typed)).toEqual({ ok: true, value: url });
	});

	it.each<[unknown, HostProblem['code'], RegExp]>([
		['', 'url.empty', /^Custom URL is empty$/],
		[undefined, 'url.empty', /^Custom URL is empty$/],
		[42, 'url.empty', /^Custom URL is empty$/],
		['127.0.0.1:8131', 'url.notAUrl', /^Custom URL is not a URL$/],
		['localhost:4131', 'url.wrongScheme', /does not start with https/],
		['ftp://x', 'url.wrongScheme', /does not start with https/],
		['file:///etc/passwd', 'url.wrongScheme', /does not start with https/],
		['javascript:alert(1)', 'url.wrongScheme', /does not start with https/],
		['https://', 'url.notAUrl', /is not a URL/],
		['https://user:pass@host', 'url.moreThanHostAndPath', /more than a host/],
		['https://host/?a=1', 'url.moreThanHostAndPath', /more than a host/],
		['https://host/#x', 'url.moreThanHostAndPath', /more than a host/],
		[`https://${'a'.repeat(2001)}`, 'url.tooLong', /too long/],
	])('rejects %p with %s', (typed, code, message) => {
		expect(custom(typed)).toEqual({ ok: false, problem: { code } });
		expect(problemText(hostProblemTexts, { code }).message).toMatch(message);
	});
});
