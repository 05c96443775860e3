import type { BankClient } from '../client/bankClient';
import { endpoints } from '../protocol/endpoints';

/**
 * Makes Sber show the payment of a session in the app on the payer's phone.
 * @param phone digits that begin with 7. It is sent with 8, as in the PHP SDK's example, unlike the phones of FPS.
 * @throws BankRefusal, BankUnreachable
 */
export async function sendSberPayPush(
	sessionId: string,
	phone: string,
	bank: BankClient,
): Promise<void> {
	const body = { phone: phone.replace(/^7/, '8'), session_id: sessionId };
	await bank.request(endpoints.sberPayPush, body);
}
