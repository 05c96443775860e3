import { checkYooMoneyWallet } from '../../values/identifiers';
import { maskAccount } from '../../values/mask';
import type { CheckedDestination } from '../order';
import { walletDestination, type WalletInput } from './wallet';

export const yoomoneyWallet = (input: WalletInput): CheckedDestination<'wallet'> =>
	walletDestination('yoomoney', input, checkYooMoneyWallet(input.walletAccount), maskAccount);
