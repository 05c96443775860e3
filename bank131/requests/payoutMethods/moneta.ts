import { checkToken } from '../../values/identifiers';
import { maskAccount } from '../../values/mask';
import type { CheckedDestination } from '../order';
import { walletDestination, type WalletInput } from './parts/wallet';

/** A Moneta wallet. Known from the PHP SDK only. */
export const monetaWallet = (input: WalletInput): CheckedDestination<'wallet'> =>
	walletDestination('moneta', input, checkToken(input.walletAccount, 'walletNumber'), maskAccount);
