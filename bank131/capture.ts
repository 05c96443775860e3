import { textOf } from './amountCheck';
import type { BankClient } from './client';
import { endpoints } from './endpoints';
import { compact } from './json';
import { otherCurrency, readFirst, type SessionEnd } from './look';
import type { Memory } from './memory';
import { amountDetails, type Money } from './order';
import { aboutPayment, type SessionView } from './session';
import { act } from './sessionActions';

const isTaken = ({ outcome }: SessionView): boolean =>
	outcome === 'succeeded' || outcome === 'refunded';

/** Takes held money, all of it or (PHP SDK) a part: in the currency of the payment, never more than is held. */
export async function captureSession(
	sessionId: string,
	{ minorUnits, onlyCurrency }: { minorUnits?: number; onlyCurrency?: string },
	bank: BankClient,
	memory: Memory,
): Promise<SessionEnd> {
	let part: Money | undefined;
	if (minorUnits !== undefined) {
		const isSent = memory.load()?.step === 'starting';
		const seen = await readFirst(sessionId, bank, { notDone: 'Not captured', isSent });
		if ('end' in seen) return seen.end;
		const { view } = seen;
		const held = view.operations.find(({ kind }) => kind === 'payment')?.amount;
		const isOther = isTaken(aboutPayment(view)) && minorUnits !== held?.minorUnits;
		const reason = !held
			? 'There is no payment in this session.'
			: onlyCurrency !== undefined && held.currency !== onlyCurrency
				? otherCurrency(held.currency)
				: minorUnits > held.minorUnits
					? `Only ${textOf(held)} is held.`
					: isOther && !isSent
						? `Captured before; the session shows ${textOf(held)}.`
						: undefined;
		if (reason !== undefined)
			return { outcome: 'rejected', sessionId, view, reason, advice: reason };
		part = { minorUnits, currency: held?.currency ?? 'rub' };
	}
	const body = compact({ session_id: sessionId, amount_details: part && amountDetails(part) });
	memory.save({ sessionId, step: 'starting' });
	return act(
		endpoints.sessionCapture,
		body,
		bank,
		sessionId,
		isTaken,
		// A payout in the same session that succeeded says nothing about the held money.
		aboutPayment,
	);
}
