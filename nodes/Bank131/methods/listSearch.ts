import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { listFpsBanks } from '../../../bank131/services/fps';
import { connectionOf, createBankClient } from '../../shared/bankClientFactory';
import { CREDENTIAL } from '../../shared/bankTransport';
import { errorAdviceText, errorMessage } from '../../shared/messages/bankErrorTexts';
import { hostProblemTexts } from '../../shared/messages/hostProblemTexts';
import { problemText } from '../../shared/messages/problemText';
import { nodeError } from '../../shared/shownTexts';

const TIMEOUT_MS = 15_000;

/**
 * Banks of the Faster Payments System whose Russian or English name or ID contains `filter`.
 * @throws NodeOperationError when the Custom URL cannot be used, or the bank cannot be reached or refuses
 */
export async function searchFpsBanks(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const connection = connectionOf(await this.getCredentials(CREDENTIAL));
	if (!connection.ok) {
		const { message, remedy } = problemText(hostProblemTexts, connection.problem);
		throw nodeError(this.getNode(), { message, description: remedy });
	}
	const bank = createBankClient(this, connection.value, { timeoutMs: TIMEOUT_MS });
	const banks = await listFpsBanks(bank).catch((error: unknown) => {
		throw nodeError(this.getNode(), {
			message: errorMessage(error),
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
