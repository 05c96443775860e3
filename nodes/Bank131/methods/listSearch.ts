import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';

import { listFpsBanks } from '../../../bank131/services/fps';
import {
	connectionOf,
	createBankClient,
	type BankConnection,
} from '../../shared/bankClientFactory';
import { CREDENTIAL } from '../../shared/bankTransport';
import { errorAdviceText, errorMessage } from '../../shared/messages/bankErrorTexts';

const TIMEOUT_MS = 15_000;

const NO_CONNECTION: BankConnection = { url: '', apiVersion: 'v2' };

/**
 * Banks of the Faster Payments System whose Russian or English name or ID contains `filter`.
 * @throws NodeOperationError when the bank cannot be reached or refuses
 */
export async function searchFpsBanks(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const connection = connectionOf(await this.getCredentials(CREDENTIAL));
	// Without a usable URL nothing is sent: `authenticate` reports the field.
	const bank = createBankClient(this, connection.ok ? connection.value : NO_CONNECTION, {
		timeoutMs: TIMEOUT_MS,
	});
	const banks = await listFpsBanks(bank).catch((error: unknown) => {
		throw new NodeOperationError(this.getNode(), errorMessage(error), {
			description: errorAdviceText(error, false),
		});
	});
	const searchText = (filter ?? '').trim().toLowerCase();
	return {
		results: banks
			.filter(({ name, russianName, bankId }) =>
				[name, russianName, bankId].some((text) => text.toLowerCase().includes(searchText)),
			)
			.sort((a, b) => a.russianName.localeCompare(b.russianName, 'ru'))
			.map((entry) => ({ name: formatBankName(entry), value: entry.bankId })),
	};
}

const formatBankName = ({ name, russianName }: { name: string; russianName: string }): string =>
	russianName === '' || russianName === name ? name : `${russianName} (${name})`;
