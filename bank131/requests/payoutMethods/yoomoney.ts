import { checkYooMoneyWallet } from '../../values/identifiers';
import { maskAccount } from '../../values/mask';
import type { CheckedDestination } from '../order';
import { walletDestination, type WalletInput } from './parts/wallet';

/** A YooMoney wallet of 11 to 20 digits (bank's page "Objects" / YooMoneyWalletPaymentMethod). */
export const yoomoneyWallet = (input: WalletInput): CheckedDestination<'wallet'> =>
	walletDestination('yoomoney', input, checkYooMoneyWallet(input.walletAccount), maskAccount);
