import type { BankClient } from '../client/bankClient';
import { endpoints } from '../protocol/endpoints';

/**
 * Stops the repeated payments of a subscription (PHP SDK only).
 * @throws BankRefusal, BankUnreachable
 */
export async function cancelSubscription(subscriptionId: string, bank: BankClient): Promise<void> {
	await bank.request(endpoints.subscriptionCancel, { subscription_id: subscriptionId });
}

/**
 * Resumes the repeated payments of a cancelled subscription (PHP SDK only).
 * @throws BankRefusal, BankUnreachable
 */
export async function restoreSubscription(subscriptionId: string, bank: BankClient): Promise<void> {
	await bank.request(endpoints.subscriptionRestore, { subscription_id: subscriptionId });
}
