import { sendSberPayPush } from '../../../../bank131/services/sberPay';
import { checkPhone } from '../../../../bank131/values/identifiers';
import { defineOperation } from '../../contract/operation';
import { plainOptions } from '../../fields/batchOptions';
import { readSessionId, sessionId } from '../../fields/session';
import { requiredPayerPhone } from '../../paymentMethods/sberPay';

export const sberPayPush = defineOperation({
	resource: 'payment',
	value: 'sberPayPush',
	name: 'Send SberPay Push',
	action: 'Send a SberPay push to the payer',
	description: "Let Sber show the payment on the payer's phone; not for the channel App",
	movesMoney: false,
	agentPolicy: 'needsSwitch',
	fields: [sessionId, requiredPayerPhone, plainOptions],
	read: (param) => ({
		sessionId: readSessionId(param),
		phone: param.checked('payerPhone', checkPhone(param.raw('payerPhone')), ''),
	}),
	run: async ({ sessionId: id, phone }, { bank }) => {
		await sendSberPayPush(id, phone, bank);
		return { json: { sessionId: id, sent: true } };
	},
});
