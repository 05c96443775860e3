import { checkOpaque } from '../../values/identifiers';
import type { CheckedDestination } from '../order';
import { wallet, type WalletInput } from './wallet';

/** Known from the PHP SDK only, there without a description. */
export const steamWallet = (input: WalletInput): CheckedDestination =>
	wallet(
		'steam',
		{ ...input, walletNote: '' },
		checkOpaque(input.walletAccount, 'steamAccount'),
		(name) => name,
	);
