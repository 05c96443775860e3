import { checkOpaque } from '../../values/identifiers';
import { maskAccount } from '../../values/mask';
import type { CheckedDestination } from '../order';
import { wallet, type WalletInput } from './wallet';

/** Known from the PHP SDK only. */
export const monetaWallet = (input: WalletInput): CheckedDestination =>
	wallet('moneta', input, checkOpaque(input.walletAccount, 'walletNumber'), maskAccount);
