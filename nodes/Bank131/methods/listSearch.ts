import { sleep, type ILoadOptionsFunctions, type INodeListSearchResult } from 'n8n-workflow';

import { BankClient } from '../../../bank131/client/bankClient';
import { baseUrl } from '../../../bank131/client/hosts';
import { listFpsBanks } from '../../../bank131/services/fps';
import { CREDENTIAL, n8nTransport } from '../../shared/bankTransport';

const TIMEOUT_MS = 15_000;

/**
 * Banks of the Faster Payments System whose Russian or English name or ID contains `filter`, in any case, sorted by the
 * Russian name.
 * @throws BankRefusal, BankUnreachable
 */
export async function searchFpsBanks(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const credentials = await this.getCredentials(CREDENTIAL);
	const url = baseUrl(credentials);
	const clock = { now: () => Date.now(), sleep, random: () => Math.random() };
	const transport = n8nTransport(this, url.ok ? url.value : '', TIMEOUT_MS);
	const banks = await listFpsBanks(new BankClient(transport, 'v1', clock));
	const searchText = (filter ?? '').trim().toLowerCase();
	return {
		results: banks
			.filter((bank) =>
				[bank.name, bank.russianName, bank.bankId].some((text) =>
					text.toLowerCase().includes(searchText),
				),
			)
			.sort((a, b) => a.russianName.localeCompare(b.russianName, 'ru'))
			.map((bank) => ({ name: displayName(bank), value: bank.bankId })),
	};
}

const displayName = ({ name, russianName }: { name: string; russianName: string }): string =>
	russianName === '' || russianName === name ? name : `${russianName} (${name})`;
