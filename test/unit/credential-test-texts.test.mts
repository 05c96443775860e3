import { UserError } from 'n8n-workflow';

import { answerProblem, failureProblem } from '../../nodes/shared/messages/credentialTestTexts.ts';

const failure = (url: string, code: string) => failureProblem(url, { code, message: 'raw' });
const sandboxUrl = 'http://127.0.0.1:8131';
const bankUrl = 'https://demo.bank131.ru';

describe('credential test, no answer', () => {
	it.each([
		['ECONNREFUSED', /No program listens there/, /Start the sandbox/],
		['ENOTFOUND', /name of this server is not known/, /spelling of "Custom URL"/],
		['EAI_AGAIN', /name of this server is not known/, /spelling of "Custom URL"/],
		['ETIMEDOUT', /No complete answer within 30 s/, /Check "Custom URL"/],
		['ECONNABORTED', /No complete answer within 30 s/, /Check "Custom URL"/],
		['ECONNRESET', /closed the connection/, /https:\/\/ or http:\/\//],
		['EPIPE', /closed the connection/, /https:\/\/ or http:\/\//],
		['EHOSTUNREACH', /no way to this server/, /Check "Custom URL"/],
		['ENETUNREACH', /no way to this server/, /Check "Custom URL"/],
		['DEPTH_ZERO_SELF_SIGNED_CERT', /certificate .* not trusted/, /NODE_EXTRA_CA_CERTS/],
		['SELF_SIGNED_CERT_IN_CHAIN', /certificate .* not trusted/, /NODE_EXTRA_CA_CERTS/],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /certificate .* not trusted/, /NODE_EXTRA_CA_CERTS/],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /certificate .* not trusted/, /NODE_EXTRA_CA_CERTS/],
		['CERT_HAS_EXPIRED', /certificate .* not trusted/, /not expired/],
		['ERR_TLS_CERT_ALTNAME_INVALID', /certificate .* not trusted/, /name in the certificate/],
		['EPROTO', /does not speak TLS/, /begin "Custom URL" with http:\/\//],
		['ERR_SSL_WRONG_VERSION_NUMBER', /does not speak TLS/, /begin "Custom URL" with http:\/\//],
	])('%s: what happened, the code, what to do', (code, what, remedy) => {
		const custom = failure(sandboxUrl, code);
		expect(custom).toMatch(what);
		expect(custom).toMatch(remedy);
		expect(custom).toContain(`(${code})`);
		const bank = failure(bankUrl, code);
		expect(bank).toMatch(what);
		expect(bank).not.toContain('Custom URL');
		expect(bank.startsWith(`${bankUrl}: `)).toBe(true);
	});

	it('reads the code of the cause', () => {
		const error = { message: 'raw', cause: { code: 'ECONNREFUSED' } };
		expect(failureProblem(sandboxUrl, error)).toBe(failure(sandboxUrl, 'ECONNREFUSED'));
	});

	it.each([
		[{ message: 'strange', code: 'E_NEW' }, 'The bank could not be asked: strange'],
		['strange', 'The bank could not be asked: strange'],
		[{ message: 'card 4242424242424242' }, 'The bank could not be asked: card 424242******4242'],
		[
			new UserError('Project is empty', { description: 'Enter it.' }),
			'Project is empty. Enter it.',
		],
		[new UserError('Project is empty'), 'Project is empty.'],
	])('%p: %s', (error, text) => expect(failureProblem(undefined, error)).toBe(text));
});

describe('credential test, an answer', () => {
	it.each([
		[{ status: 'ok' }, undefined],
		[{ status: 'error', error: { code: 'toString' } }, /refused the request \(toString\)/],
		[{ status: 'error', error: { code: '__proto__' } }, /refused the request \(__proto__\)/],
		[{ status: 'error' }, /refused the request\. Check/],
		[{ status: 404 }, /did not come from Bank 131/],
		[{ status: '' }, /did not come from Bank 131/],
		[[], /did not come from Bank 131/],
		[undefined, /did not come from Bank 131/],
	])('%j: %s', (body, text) => {
		const problem = answerProblem(body);
		if (text === undefined) expect(problem).toBeUndefined();
		else expect(problem).toMatch(text);
	});
});
