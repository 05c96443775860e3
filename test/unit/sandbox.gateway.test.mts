import { verifySignature } from '../../sandbox/sandbox.mts';
import { useSandbox, sign, type PartnerClient } from '../support/partnerClient.mts';

const partner = useSandbox({ processingMs: 2 });
const { callApi } = partner;

/** Test vector of the SDK: signature of the body `{}`. */
const SDK_VECTOR = {
	publicKey: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsu4WmrCQfQRJe3l5A0cp
vijEEArcfohQvi/U7Qxv0V4n8mmQOF1fzxQtwDIQ5UiKaY/QTDEJxGIBSZ6zxLWf
L+OdO2UchndZ9TSsri0MAsHuk3J7qBp8XPVJTKvLH8gfaqsvcnwd3NyJn5bX5iwI
28pBBNrGazWLR/sNq2xh4DkONCmX/tbd8P5kqKtIEnR9J4nRjvOkiaPnkN09Sd7/
hjOLDPDNQeJTlv8hniQhJifkTd5P7/PJQdWeWYHbECV6YZ5cUgV/J6v0E6z72nEG
V9Wz6jhoImEmU3gNIQuYrG8RqOQ/OXZd5LU2rfFTbVg4HTd5WWHis9o5VrhLQ8K4
XQIDAQAB
-----END PUBLIC KEY-----`,
	signature:
		'Q+euWta2W3WhIHq/t3Gkvqbvf5RztorP41mbIW21nKDDeaLw0FQuGCg4rwjN/scjFYk1+kBfP+8gau3hDm7uaUyke5Kz44UkbOMVTpZROqS/ozqHllgHp7aatEDKil9WXAYadl8PlbhzbjgeDL1hvbEUyEzfaIxrZASNX9kZ08ORBGZCg76iEJ/HI5/I+QUdI3sEBPTn4gy88sPhlm5vYH1dVlPuMEDWTW7w7zVnV0hUvGeVygyJAW5Q3KbKtdQWajQJH9dPzISfV1rfczHu4YnewkyEOASPg+HpiEJOxxeZRnUONzkavUJEaCznNApWIR0C0stlRItaN+EBNTKvUw==',
};

describe('API gateway', () => {
	it('test vector of the SDK: valid; other body or signature: invalid', () => {
		const { publicKey, signature } = SDK_VECTOR;
		expect(verifySignature(Buffer.from('{}'), signature, publicKey)).toBe(true);
		expect(verifySignature(Buffer.from('{ }'), signature, publicKey)).toBe(false);
		expect(verifySignature(Buffer.from('{}'), '721af394', publicKey)).toBe(false);
		expect(verifySignature(Buffer.from('{}'), '', publicKey)).toBe(false);
	});

	it('body {}, [] or no body: accepted as an empty object', async () => {
		for (const body of ['{}', '[]', '']) {
			expect((await callApi('v2/session/create', body)).json.session.status).toBe('created');
		}
	});

	it('body with spaces and escapes: verified over the raw bytes', async () => {
		expect((await callApi('v2/session/create', '{ "metadata" :\n"\\u0069\\/" }')).status).toBe(200);
	});

	it('wrong signature, project, HTTP method, version, path, JSON or content type: error code of each', async () => {
		const signature = { 'x-partner-sign': sign('{} ', partner.sandbox.partnerPrivateKey) };
		const errorCode = async (...call: Parameters<PartnerClient>) => {
			const { status, json } = await callApi(...call);
			expect([status, json.status]).toEqual([400, 'error']);
			return json.error.code;
		};
		expect(await errorCode('v2/session/create', {}, { headers: signature })).toBe(
			'authentication_error',
		);
		const project = { 'x-partner-project': 'other' };
		expect(await errorCode('v2/session/create', {}, { headers: project })).toBe(
			'authorization_error',
		);
		expect(await errorCode('v2/session/create', {}, { method: 'GET' })).toBe('invalid_request');
		expect(await errorCode('v2/token', {})).toBe('invalid_request');
		expect(await errorCode('v3/session/create', {})).toBe('invalid_request');
		expect(await errorCode('v2/session/create', '{"a":')).toBe('invalid_request');
		const type = { 'content-type': 'text/plain' };
		expect(await errorCode('v2/session/create', {}, { headers: type })).toBe('invalid_request');
	});

	it('setting errorHttpStatus: errors have that HTTP status', async () => {
		const headers = { 'x-partner-sign': 'AAAA' };
		partner.sandbox.set({ errorHttpStatus: { authentication_error: 401, default: 200 } });
		const wrong = await callApi('v2/session/create', {}, { headers });
		const invalid = await callApi('v2/session/status', {});
		partner.sandbox.set({ errorHttpStatus: 400 });
		expect([wrong.status, invalid.status, invalid.json.status]).toEqual([401, 200, 'error']);
	});
});
