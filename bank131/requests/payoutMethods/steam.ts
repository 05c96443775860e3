import { checkOpaque } from '../../values/identifiers';
import type { CheckedDestination } from '../order';
import { walletDestination, type WalletInput } from './wallet';

/** Known from the PHP SDK only, there without a description. */
export const steamWallet = (input: WalletInput): CheckedDestination<'wallet'> =>
	walletDestination(
		'steam',
		{ ...input, walletNote: '' },
		checkOpaque(input.walletAccount, 'Steam account'),
		(name) => name,
	);
