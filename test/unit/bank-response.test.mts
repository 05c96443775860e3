/** What the body of a response says: refused, accepted or not known. */
import { interpretResponse } from '../../bank131/client/transport.ts';
import type { BankClient } from '../../bank131/client/bankClient.ts';
import { initiateOperation } from '../../bank131/flows/initiate.ts';
import type { JsonObject } from '../../bank131/lib/json.ts';
import { plan, runScript } from '../support/flows.mts';
import { answer, createProgressStore, requestOf } from '../support/tinyBank.mts';

const session = {
	id: 'ps_1',
	status: 'accepted',
	payout_list: [{ id: 'po_1', status: 'succeeded', metadata: { reference: 'A-1' } }],
};

describe('status ok beside an error', () => {
	test.each<[string, JsonObject]>([
		['an empty object', { error: {} }],
		['an empty list', { error: [] }],
		['null', { error: null }],
		['an object with empty texts', { error: { code: '', description: '' } }],
		['an object with nulls', { error: { code: null, description: null } }],
	])('%s: not refused, Initiate succeeds', async (_, error) => {
		const body = { status: 'ok', session, ...error };
		expect(interpretResponse(answer(body))).toEqual({ kind: 'ok', body });
		const result = await runScript(
			[['init', answer(body)]],
			async (bank: BankClient) =>
				await initiateOperation(requestOf('A-1'), plan, {
					bank,
					progressStore: createProgressStore(),
				}),
		);
		expect(result.outcome).toBe('succeeded');
	});

	test.each<[string, JsonObject, string]>([
		['a code', { code: 'invalid_request' }, 'invalid_request'],
		['a description', { description: 'no money' }, 'unknown_error'],
	])('an object with %s: refused', (_, error, code) => {
		expect(interpretResponse(answer({ status: 'ok', session, error }))).toMatchObject({
			kind: 'refused',
			error: { code },
		});
	});

	test('status error with an empty object: refused with unknown_error', () => {
		expect(interpretResponse(answer({ status: 'error', error: {} }, 400))).toMatchObject({
			kind: 'refused',
			error: { code: 'unknown_error' },
		});
	});

	test('HTTP 400 with status ok and an empty error: not known', () => {
		expect(interpretResponse(answer({ status: 'ok', error: {} }, 400)).kind).toBe('unknown');
	});
});
