import { checkToken } from '../../values/identifiers';
import type { CheckedDestination } from '../order';
import { walletDestination, type WalletInput } from './parts/wallet';

/** A Steam wallet. Known from the PHP SDK only, where it has no description. */
export const steamWallet = (input: WalletInput): CheckedDestination<'wallet'> =>
	walletDestination(
		'steam',
		{ ...input, walletNote: '' },
		checkToken(input.walletAccount, 'steamAccount'),
		(name) => name,
	);
