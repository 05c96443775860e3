import type { INodeProperties } from 'n8n-workflow';

import { sendSberPayPush } from '../../../../bank131/services/sberPay';
import { checkPhone } from '../../../../bank131/values/identifiers';
import { operation } from '../../contract/operation';
import { plainOptions } from '../../fields/batchOptions';
import { readSessionId, sessionId } from '../../fields/session';

const payerPhone: INodeProperties = {
	displayName: 'Payer Phone',
	name: 'payerPhone',
	type: 'string',
	default: '',
	placeholder: 'e.g. +7 968 000-00-00',
	description: 'Phone number that the payer has at Sber',
};

export const sberPayPush = operation({
	resource: 'payment',
	value: 'sberPayPush',
	name: 'Send SberPay Push',
	action: 'Send a push to the payer',
	description: "Let Sber show the payment on the payer's phone; not for the channel App",
	movesMoney: false,
	agentPolicy: 'needsSwitch',
	fields: [sessionId, payerPhone, plainOptions],
	read: (param) => ({
		sessionId: readSessionId(param),
		phone: param.checked('payerPhone', checkPhone(param.raw('payerPhone')), ''),
	}),
	run: async ({ sessionId: id, phone }, { bank }) => {
		await sendSberPayPush(id, phone, bank);
		return { json: { sessionId: id, sent: true } };
	},
});
