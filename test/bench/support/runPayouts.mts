import type { INodeParameters } from 'n8n-workflow';

import { errorOf, outputOf, runNode, type LoadedPackage } from '../../support/engine.mts';
import { EncryptedCredentialsHelper } from './encryptedCredentials.mts';
import type { SandboxProcess } from './sandboxProcess.mts';

/** A batch of payouts. */
export interface Batch {
	count: number;
	parallel: number;
	/** Requests per Second; 0 is unlimited. */
	perSecond?: number;
	/** `started`: 2 calls each. `final`: create, start, status, confirm, status. */
	waitFor: 'started' | 'final';
	/** Where the values of a row come from: one parameter each, or From Each Row. `fields` by default. */
	form?: PayoutForm;
}

/** `mapped`: Map Each Column. */
export type PayoutForm = 'fields' | 'automatic' | 'mapped';

/** Requests per payout, by `waitFor`. */
export const callsPerPayout = { started: 2, final: 5 };

let batches = 0;

const cells = {
	reference: '={{ $json.reference }}',
	amount: '={{ $json.amount }}',
	cardNumber: '={{ $json.card }}',
	recipientName: '={{ $json.name }}',
};

const eachRow = (mappingMode: string, value: INodeParameters | null): INodeParameters => ({
	payoutMethod: 'eachRow',
	columns: { mappingMode, value, matchingColumns: [], schema: [] },
});

const forms: Readonly<Record<PayoutForm, INodeParameters>> = {
	fields: { payoutMethod: 'cardNumber', ...cells },
	automatic: eachRow('autoMapInputData', null),
	mapped: eachRow('defineBelow', cells),
};

/** Node parameters of a workflow that pays a sheet: values that differ per row are expressions or columns. */
export const payoutParameters = ({
	parallel,
	perSecond = 0,
	waitFor,
	form = 'fields',
}: Batch): INodeParameters => ({
	resource: 'payout',
	operation: 'send',
	...forms[form],
	confirmation: waitFor === 'started' ? 'manual' : 'automatic',
	waitFor,
	options: { parallelRequests: parallel, requestsPerSecond: perSecond, timeLimit: 600 },
});

/**
 * Pays a batch and checks the outcomes. Resolves to the run and its duration, ms.
 * @throws if a payout does not have the expected outcome
 */
export async function runPayouts(
	loader: LoadedPackage,
	{ credentials }: Pick<SandboxProcess, 'credentials'>,
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
	const credentialsHelper = await EncryptedCredentialsHelper.create(loader, credentials);
	const started = performance.now();
	const run = await runNode({
		loader,
		nodeName: 'bank131',
		credentials,
		credentialsHelper,
		parameters: payoutParameters(batch),
		items,
	});
	const ms = performance.now() - started;
	const error = errorOf(run);
	if (error) throw new Error(`${error.message}\n${error.description}`);
	const expectedOutcomes =
		batch.waitFor === 'final' ? ['succeeded'] : ['processing', 'awaitingConfirmation'];
	const unexpected = outputOf(run).filter(
		({ json }) => !expectedOutcomes.includes(String(json.outcome)),
	);
	if (unexpected.length > 0 || outputOf(run).length !== batch.count) {
		throw new Error(`${unexpected.length} payouts failed: ${JSON.stringify(unexpected[0])}`);
	}
	return { ms, run };
}
