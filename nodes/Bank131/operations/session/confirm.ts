import type { INodeProperties } from 'n8n-workflow';

import { parseAmount } from '../../../../bank131/money';
import { confirmChecked } from '../../../../bank131/sessionActions';
import { optionsField } from '../../fields/batchOptions';
import { amountUnit } from '../../fields/order';
import { readOutput, readSessionId, sessionId, simplify } from '../../fields/session';
import { operation } from '../../operation';
import { sessionResult } from '../../payoutResult';
import { isEmpty } from '../../parameters';

const expectedAmount: INodeProperties = {
	displayName: 'Expected Amount',
	name: 'expectedAmount',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1500.50',
	description:
		'What your own records say. The session is read first and not confirmed if the bank shows another amount. Leave it empty to confirm without this check.',
};

const confirmInformation: INodeProperties = {
	displayName: 'Confirm Information (JSON)',
	name: 'confirmInformation',
	type: 'json',
	default: '{}',
	description:
		'For payouts from a settlement or escrow account: the object that came with the trigger event, unchanged. Left empty, the one that the session shows is used.',
};

export const confirm = operation({
	resource: 'session',
	value: 'confirm',
	name: 'Confirm',
	action: 'Confirm a session',
	description: 'Let the money of a waiting payout go',
	movesMoney: true,
	fields: [sessionId, expectedAmount, optionsField([amountUnit, confirmInformation, simplify])],
	read: (param) => {
		const options = param.collection('options');
		const unit = options.amountUnit === 'minor' ? 'minor' : 'major';
		const expected = isEmpty(param.raw('expectedAmount'))
			? undefined
			: param.checked('expectedAmount', parseAmount(param.raw('expectedAmount'), unit, 'RUB'), {
					minorUnits: 0,
					currency: 'RUB',
				});
		const information = param.jsonObject('confirmInformation', options.confirmInformation);
		return { sessionId: readSessionId(param), expected, information, output: readOutput(param) };
	},
	identity: { field: 'sessionId', of: (input) => input.sessionId },
	run: async (input, { bank, memory }) => {
		const end = await confirmChecked(
			input.sessionId,
			input.expected,
			input.information,
			bank,
			memory,
		);
		const amount = end.view?.operation?.amount;
		return { ...sessionResult(end, input.output), tally: { outcome: end.outcome, ...amount } };
	},
});
