/** `confirm_information` in the spelling of one version for a confirmation in another. */
import type { JsonObject } from '../../bank131/lib/json.ts';
import { spellConfirmInformation } from '../../bank131/requests/confirmInformation.ts';
import { BankClient } from '../../bank131/client/bankClient.ts';
import { confirmChecked } from '../../bank131/flows/confirm.ts';
import { answer, createProgressStore, SleepClock } from '../support/tinyBank.mts';

const details = { type: 'card', card: { last4: '8371' } };
const v1 = { transfer_details: { purpose: 'p', payment_method: details, amount: 1 }, news: [1] };
const v2 = { transfer_details: { purpose: 'p', payout_details: details, amount: 1 }, news: [1] };

test.each<[string, JsonObject, 'v1' | 'v2', JsonObject]>([
	['v1 to v2', v1, 'v2', v2],
	['v2 to v1', v2, 'v1', v1],
	['v1 to v1', v1, 'v1', v1],
	['v2 to v2', v2, 'v2', v2],
	[
		'without transfer_details, v1 to v2',
		{ payment_method: details },
		'v2',
		{ payout_details: details },
	],
	[
		'with both names',
		{ payment_method: 1, payout_details: 2 },
		'v2',
		{ payment_method: 1, payout_details: 2 },
	],
	['a list as transfer_details', { transfer_details: [1] }, 'v2', { transfer_details: [1] }],
	['an empty object', {}, 'v2', {}],
])('%s: only the payout details are renamed, the order stays', (_, given, version, expected) => {
	expect(JSON.stringify(spellConfirmInformation(given, version))).toBe(JSON.stringify(expected));
});

describe.each(['v1', 'v2'] as const)('Confirm, API %s', (version) => {
	const confirmWith = async (own: JsonObject | undefined, information: JsonObject | undefined) => {
		const bodies: unknown[] = [];
		const session = { id: 'ps_1', status: 'in_progress', next_action: 'confirm' };
		const payout = { id: 'po_1', status: 'pending' };
		const bank = new BankClient(
			async ({ path, body }) => {
				if (path.endsWith('confirm')) bodies.push(body?.confirm_information);
				return await Promise.resolve(
					answer({
						status: 'ok',
						session: { ...session, payout_list: [payout] },
						...(own && { confirm_information: own }),
					}),
				);
			},
			version,
			new SleepClock(),
		);
		const store = createProgressStore();
		await confirmChecked({ sessionId: 'ps_1', information }, { bank, progressStore: store });
		return bodies;
	};
	const own = version === 'v1' ? v1 : v2;

	test.each([v1, v2])(
		'%j is given, the session shows none: it is spelt for the version',
		async (given) => {
			expect(await confirmWith(undefined, given)).toEqual([own]);
		},
	);

	test('the session shows an empty one: what is given is sent, or else the empty one', async () => {
		expect(await confirmWith({}, own)).toEqual([own]);
		expect(await confirmWith({}, undefined)).toEqual([{}]);
	});

	test.each([v1, v2, { transfer_details: { purpose: 'another' } }, undefined])(
		'%j is given, the session shows its own: its own is sent',
		async (given) => {
			expect(await confirmWith(own, given)).toEqual([own]);
		},
	);
});
