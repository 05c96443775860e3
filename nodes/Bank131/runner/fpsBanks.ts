import type { IExecuteFunctions } from 'n8n-workflow';

import { createTtlCache } from '../../../bank131/lib/ttlCache';
import { ok, invalid, type Result } from '../../../bank131/lib/result';
import { listFpsBanks } from '../../../bank131/services/fps';
import { createFpsBankFinder, type FpsBankFinder } from '../../../bank131/services/fpsBankNames';
import { createBankClient, type BankConnection } from '../../shared/bankClientFactory';
import { CREDENTIAL } from '../../shared/bankTransport';
import { errorAdviceText, errorMessage } from '../../shared/messages/bankErrorTexts';
import type { ProblemText } from '../../shared/messages/problemText';
import type { BatchOptions } from '../fields/batchOptions';
import type { FpsBankLookup } from '../parameters/batchParameters';

/** How long a list is used. Banks seldom join, leave or change their name, and an ID keeps its bank. */
const CACHE_TTL_MS = 10 * 60_000;
const MAX_LISTS = 20;

/** The finder over a list, or why there is no list. */
type FinderResult = Result<FpsBankFinder, ProblemText>;

const finders = createTtlCache<FinderResult>({
	ttlMs: CACHE_TTL_MS,
	maxEntries: MAX_LISTS,
	now: () => Date.now(),
});

/**
 * The lookup over the bank's list of FPS banks, which is cached per credential and server for `CACHE_TTL_MS`. Without a
 * list every name has the problem that says why; items with an ID are not affected.
 */
export async function loadFpsBanks(
	node: IExecuteFunctions,
	connection: BankConnection,
	{ requestTimeoutMs }: BatchOptions,
): Promise<FpsBankLookup> {
	const { id } = node.getNode().credentials?.[CREDENTIAL] ?? {};
	const { url, apiVersion } = connection;
	const request = async () => await requestFinder(node, connection, requestTimeoutMs);
	const finder = await Promise.race([
		finders(JSON.stringify([url, apiVersion, id]), request),
		// The request is not cancelled: another run may wait for the same list.
		cancellationOf(node.getExecutionCancelSignal()),
	]);
	const find: FpsBankLookup = finder.ok ? finder.value : () => finder;
	return sameBankOnRetry(node, find);
}

async function requestFinder(
	node: IExecuteFunctions,
	connection: BankConnection,
	timeoutMs: number,
): Promise<FinderResult> {
	try {
		const bank = createBankClient(node, connection, { timeoutMs });
		return ok(createFpsBankFinder(await listFpsBanks(bank)));
	} catch (error) {
		const advice = errorAdviceText(error, false);
		return invalid({
			message: `The bank's name cannot be looked up, because the list of FPS banks cannot be read: ${errorMessage(error).replace(/\.$/, '')}`,
			remedy: `${advice === undefined ? '' : `${advice} `}The 12-digit ID of the bank works without the list.`,
		});
	}
}

const CANCELLED: FinderResult = invalid({
	message: 'The run was cancelled before the bank could be looked up',
	remedy: 'Run it again.',
});

/** Resolves when the run is cancelled. */
const cancellationOf = async (cancel: AbortSignal | undefined): Promise<FinderResult> =>
	await new Promise((resolve) => {
		if (cancel?.aborted) resolve(CANCELLED);
		cancel?.addEventListener('abort', () => resolve(CANCELLED), { once: true });
	});

const CONTEXT_KEY = 'bank131FpsBanks';

/**
 * The lookup, which gives a name the same bank in every attempt of Retry On Fail. Otherwise an item that an earlier
 * attempt has started would be reported as not sent if the list cannot be read any more.
 */
function sameBankOnRetry(node: IExecuteFunctions, find: FpsBankLookup): FpsBankLookup {
	if (node.getNode().retryOnFail !== true) return find;
	const context = node.getContext('node');
	const known = (context[CONTEXT_KEY] ??= {}) as Record<string, unknown>;
	return (name) => {
		const bankId = known[name];
		if (typeof bankId === 'string') return ok({ bankId });
		const found = find(name);
		if (found.ok) known[name] = found.value.bankId;
		return found;
	};
}
