// What may be reported under a profile of the banks. It differs from the standard bank only where
// docs/money-safety.md names the limit.
import { ADDED_AMOUNT } from '../../../sandbox/bank/changedOrder.mts';
import type { Settings } from '../../../sandbox/sandbox.mts';
import { showMetadata } from '../../../sandbox/wire/metadataForm.mts';
import type { ObservedRequest } from '../bank/observedBank.mts';
import type { Payout } from '../plan/planCampaign.mts';

/** Expectations for the payouts of one bank. */
export class ProfileExpectations {
	constructor(private readonly settings: Readonly<Settings>) {}

	/**
	 * Amount that the bank pays, minor units: what was asked for, unless it confirms a deduction by itself or pays what
	 * only its event showed.
	 */
	paidAmount(payout: Payout): number {
		const { minorUnits } = payout;
		if (this.isTransferUnseen(payout)) return minorUnits + ADDED_AMOUNT;
		return this.settings.autoConfirm ? minorUnits - this.settings.deductedFee : minorUnits;
	}

	/** Whether only an event shows that the payout will have another amount, and it is confirmed all the same. */
	isTransferUnseen({ method }: Payout): boolean {
		const { autoConfirm, confirmedTransfer, hidesConfirmInformation } = this.settings;
		const isUnseen = hidesConfirmInformation && !autoConfirm && confirmedTransfer === 'otherAmount';
		return isUnseen && method === 'FPS from settlement';
	}

	/** Whether a report may show this amount, minor units: the one of the order or that of the session. */
	isShownAmount(amount: unknown, { minorUnits }: Payout): boolean {
		return amount === minorUnits || amount === minorUnits - this.settings.deductedFee;
	}

	/** Whether an event may have this reference: that of its payout, in the form in which the bank shows it. */
	isShownReference(reference: string | undefined, payout: Payout): boolean {
		if (reference === undefined && this.hidesOperations) return true;
		const shown = { metadata: { reference: payout.reference } as unknown };
		showMetadata(shown, this.settings.metadataForm);
		const { metadata } = shown;
		const fields = (typeof metadata === 'string' ? JSON.parse(metadata) : metadata) as
			| { reference: string | number }
			| undefined;
		return reference === (fields && String(fields.reference));
	}

	/**
	 * A start that the bank refused may have used up the key. A later execution is told only that the key exists, so it
	 * reports `duplicate`.
	 */
	mayUseUpKey({ errorCode }: ObservedRequest): boolean {
		return (
			this.settings.refusedStartUsesKey &&
			errorCode !== undefined &&
			!['idempotency_key_already_exists', 'session_wrong_state', 'invalid_request'].includes(
				errorCode,
			)
		);
	}

	/** A closed session does not show its operations as a list, so Session: Get may say `unknown`. */
	get hidesOperations(): boolean {
		return this.settings.listShape !== 'list';
	}

	/** A payout that waits for a confirmation looks like one in progress: `processing` may mean *not confirmed*. */
	get hidesConfirmations(): boolean {
		return this.settings.hidesNextAction;
	}

	/**
	 * A session that is closed as accepted and shows no operation is `succeeded` for Session: Get and the trigger: a
	 * receipt and an FPS check look the same.
	 */
	get closesWithoutTrace(): boolean {
		return this.settings.listShape === 'absent' && this.settings.closesFailedAsAccepted;
	}
}
