import { checkPhone } from '../../values/identifiers';
import { maskPhone } from '../../values/mask';
import type { CheckedDestination } from '../order';
import { walletDestination, type WalletInput } from './parts/wallet';

/** A QIWI wallet. Only in older pages of the bank. The account is the owner's phone number. */
export const qiwiWallet = (input: WalletInput): CheckedDestination<'wallet'> =>
	walletDestination('qiwi', input, checkPhone(input.walletAccount), maskPhone);
