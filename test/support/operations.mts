/** Runs any operation of the node on one item and prepares payments for it. */
import type { INodeParameters, IRun } from 'n8n-workflow';

import type { EngineFixture, Loose } from './engineFixture.mts';
import { continueError, jsonOf, runOperation, type RunSettings } from './runOperation.mts';
import { expectFits } from './schemas.mts';

export interface OperationRun {
	run: IRun;
	items: Loose[];
	/** The first item of the first output. */
	item: Loose;
	/** The facts of the first item of the error output. */
	error: Loose;
}

/** A card payment without 3-D Secure. */
export const PAYER_CARD = {
	paymentMethod: 'cardNumber',
	cardNumber: '4242424242424242',
	expirationMonth: '12',
	expirationYear: '30',
};

export function operationsOf(fixture: EngineFixture) {
	/** Runs `resource.operation` with an error output and compares its items with the output schema. */
	async function execute(
		operation: string,
		parameters: INodeParameters = {},
		settings: RunSettings = {},
	): Promise<OperationRun> {
		const [resource, value] = operation.split('.');
		const node = settings.node ?? continueError;
		const run = await runOperation(fixture, resource, value, parameters, { ...settings, node });
		const items = jsonOf(run);
		for (const item of items) expectFits(operation, item);
		return { run, items, item: items[0], error: jsonOf(run, 1)[0]?.error };
	}

	let references = 0;
	const newReference = (): string => `reference-${++references}`;
	const newPayer = () => ({ reference: newReference(), payerReference: 'user-42' });

	/** A card payment that has succeeded, in a project that confirms automatically. */
	async function createPaidPayment(amount: string, more: INodeParameters = {}): Promise<Loose> {
		fixture.sandbox.set({ autoConfirm: true });
		const parameters = { ...newPayer(), ...PAYER_CARD, amount, ...more };
		const { item } = await execute('payment.initiateAndWait', parameters);
		expect(item).toMatchObject({ outcome: 'succeeded', amount: `${amount}.00` });
		return item;
	}

	/** The payer completes the payment (3-D Secure, QR code …) or rejects it. */
	async function finishAsPayer(sessionId: string, paid = true): Promise<void> {
		fixture.sandbox.runAction(sessionId, 'payer', { paid });
		await fixture.sandbox.idle();
	}

	return { execute, newReference, newPayer, createPaidPayment, finishAsPayer };
}
