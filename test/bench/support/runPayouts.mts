import type { INodeParameters } from 'n8n-workflow';

import { errorOf, outputOf, runNode, type LoadedPackage } from '../../support/engine.mts';
import type { BankProcess } from './sandboxProcess.mts';

export interface Batch {
	count: number;
	parallel: number;
	perSecond?: number;
	/** `started`: 2 calls each. `final`: create, start, status, confirm, status. */
	waitFor: 'started' | 'final';
}

export const callsPerPayout = { started: 2, final: 5 };

let batches = 0;

/** Parameters as a workflow that pays a sheet has them: what differs per row is an expression. */
export const payoutParameters = ({ parallel, perSecond = 0, waitFor }: Batch): INodeParameters => ({
	resource: 'payout',
	operation: 'send',
	reference: '={{ $json.reference }}',
	amount: '={{ $json.amount }}',
	payoutMethod: 'cardNumber',
	cardNumber: '={{ $json.card }}',
	recipientName: '={{ $json.name }}',
	confirmation: waitFor === 'started' ? 'manual' : 'automatic',
	waitFor,
	options: { parallelRequests: parallel, requestsPerSecond: perSecond, timeLimit: 600 },
});

/** Pays a batch at the bank and checks that it was paid. The answer: the run and how long it took, ms. */
export async function runPayouts(
	loader: LoadedPackage,
	{ credentials }: Pick<BankProcess, 'credentials'>,
	batch: Batch,
) {
	const name = `B${++batches}`;
	const items = Array.from({ length: batch.count }, (_, n) => ({
		json: {
			reference: `${name}-${n}`,
			amount: '100,00',
			card: '4242424242424242',
			name: 'Иванов Иван Иванович',
		},
	}));
	const started = performance.now();
	const run = await runNode({
		loader,
		nodeName: 'bank131',
		credentials,
		parameters: payoutParameters(batch),
		items,
	});
	const ms = performance.now() - started;
	const error = errorOf(run);
	if (error) throw new Error(`${error.message}\n${error.description}`);
	const wanted = batch.waitFor === 'final' ? ['succeeded'] : ['processing', 'awaitingConfirmation'];
	const wrong = outputOf(run).filter(({ json }) => !wanted.includes(String(json.outcome)));
	if (wrong.length > 0 || outputOf(run).length !== batch.count) {
		throw new Error(`${wrong.length} payouts went wrong: ${JSON.stringify(wrong[0])}`);
	}
	return { ms, run };
}
