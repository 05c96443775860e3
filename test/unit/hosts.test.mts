import { baseUrl } from '../../bank131/client/hosts.ts';

const custom = (customUrl: unknown) => baseUrl({ environment: 'custom', customUrl });

describe('baseUrl', () => {
	it.each([
		['demo', 'https://demo.bank131.ru'],
		['live', 'https://proxy.bank131.ru'],
		[undefined, 'https://demo.bank131.ru'],
		['LIVE', 'https://demo.bank131.ru'],
	])('of %p is %s', (environment, url) => {
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
	])('repairs %p to %p', (typed, url) => {
		expect(custom(typed)).toEqual({ ok: true, value: url });
	});

	it.each<[unknown, RegExp]>([
		['', /^Custom URL is empty$/],
		[undefined, /is empty/],
		[42, /is empty/],
		['127.0.0.1:8131', /is not a URL|does not start with https/],
		['localhost:4131', /does not start with https/],
		['ftp://x', /does not start with https/],
		['file:///etc/passwd', /does not start with https/],
		['javascript:alert(1)', /does not start with https/],
		['https://', /is not a URL/],
		['https://user:pass@host', /more than a host/],
		['https://host/?a=1', /more than a host/],
		['https://host/#x', /more than a host/],
		[`https://${'a'.repeat(2001)}`, /too long/],
	])('refuses %p', (typed, message) => {
		const result = custom(typed);
		expect(result).toMatchObject({ ok: false, problem: { field: 'Custom URL' } });
		if (!result.ok) expect(result.problem.message).toMatch(message);
	});
});
