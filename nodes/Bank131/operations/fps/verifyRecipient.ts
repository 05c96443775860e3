import { compact } from '../../../../bank131/lib/json';
import { verifyFpsRecipient } from '../../../../bank131/services/fps';
import { describeSession } from '../../../../bank131/session/describe';
import { checkFpsBankId, checkPhone } from '../../../../bank131/values/identifiers';
import { maskPhone } from '../../../../bank131/values/mask';
import { defineOperation } from '../../contract/operation';
import { optionsField } from '../../fields/batchOptions';
import { readTimeLimitMs, timeLimit } from '../../fields/plan';
import { readFpsBankId, requiredFpsBank } from '../../fields/recipient/fpsBank';
import { firstName, lastName, middleName } from '../../fields/recipient/personName';
import { requiredPhone } from '../../fields/recipient/phone';
import { readRequiredText } from '../../fields/text';

const NO_ANSWER =
	'The bank did not say whether this person can receive FPS payouts at that bank. Verify the recipient again later, before you pay by phone.';

export const verifyRecipient = defineOperation({
	resource: 'fps',
	value: 'verifyRecipient',
	name: 'Verify Recipient',
	action: 'Verify a recipient in FPS',
	description:
		'Ask whether the person can get money by phone at that bank, and wait for the answer. Free.',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [
		requiredPhone,
		requiredFpsBank,
		firstName,
		lastName,
		middleName,
		optionsField([timeLimit]),
	],
	read: (param) => ({
		recipient: {
			phone: param.checked('phone', checkPhone(param.raw('phone')), ''),
			bankId: param.checked('fpsBankId', checkFpsBankId(readFpsBankId(param)), ''),
			firstName: readRequiredText(param, 'firstName', 'Enter the first name as in the passport.'),
			lastName: readRequiredText(param, 'lastName', 'Enter the last name as in the passport.'),
			middleName: param.text('middleName') || undefined,
		},
		timeLimitMs: readTimeLimitMs(param),
	}),
	run: async ({ recipient, timeLimitMs }, { bank }) => {
		const {
			isRegistered: found,
			isPending: pending,
			view,
		} = await verifyFpsRecipient(recipient, timeLimitMs, bank);
		const { sessionId, sessionStatus, errorCode, errorDescription } = describeSession(view);
		return {
			json: compact({
				found,
				pending,
				phone: maskPhone(recipient.phone),
				fpsBankId: recipient.bankId,
				sessionId,
				sessionStatus,
				errorCode,
				errorDescription,
				advice: found === undefined && !pending ? NO_ANSWER : undefined,
			}),
		};
	},
});
