import type { BankClient } from '../client/bankClient';
import { compact } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import { amountDetails } from '../requests/order';
import { aboutPayment, paymentsIn, type SessionView } from '../session/session';
import { formatMoney, type Money } from '../values/money';
import type { ProgressStore } from './progress';
import { requestSessionAction } from './sessionActions';
import { otherCurrency, readSessionBeforeActing, type SessionResult } from './sessionResult';

const isCaptured = ({ outcome }: SessionView): boolean =>
	outcome === 'succeeded' || outcome === 'refunded';

/** Takes held money, all of it or (PHP SDK) a part: in the currency of the payment, never more than is held. */
export async function captureSession(
	sessionId: string,
	{ minorUnits, onlyCurrency }: { minorUnits?: number; onlyCurrency?: string },
	bank: BankClient,
	progressStore: ProgressStore,
): Promise<SessionResult> {
	let part: Money | undefined;
	if (minorUnits !== undefined) {
		const isSent = progressStore.load()?.step === 'starting';
		const seen = await readSessionBeforeActing(sessionId, bank, {
			notDone: 'Not captured',
			isSent,
		});
		if ('end' in seen) return seen.end;
		const { view } = seen;
		const currency = currencyOf(view, { minorUnits, onlyCurrency, isSent });
		if (!currency.ok) {
			const { reason } = currency;
			return { outcome: 'rejected', sessionId, view, reason, advice: reason };
		}
		part = { minorUnits, currency: currency.value };
	}
	const body = compact({ session_id: sessionId, amount_details: part && amountDetails(part) });
	progressStore.save({ sessionId, step: 'starting' });
	return requestSessionAction(
		endpoints.sessionCapture,
		body,
		bank,
		sessionId,
		isCaptured,
		// A payout in the same session that succeeded says nothing about the held money.
		aboutPayment,
	);
}

/** The currency in which a part is taken; or why none can be. */
function currencyOf(
	view: SessionView,
	part: { minorUnits: number; onlyCurrency?: string; isSent: boolean },
): { ok: true; value: string } | { ok: false; reason: string } {
	const refuse = (reason: string) => ({ ok: false as const, reason });
	const payments = paymentsIn(view);
	const held = payments.at(0)?.amount;
	if (!held) return refuse('There is no payment in this session.');
	if (payments.length > 1) {
		return refuse(
			`This session holds ${payments.length} payments, of which no part can be taken: a capture can only name the session.`,
		);
	}
	if (part.onlyCurrency !== undefined && held.currency !== part.onlyCurrency) {
		return refuse(otherCurrency(held.currency));
	}
	if (part.minorUnits > held.minorUnits) return refuse(`Only ${formatMoney(held)} is held.`);
	const isOther = isCaptured(aboutPayment(view)) && part.minorUnits !== held.minorUnits;
	return isOther && !part.isSent
		? refuse(`Captured before; the session shows ${formatMoney(held)}.`)
		: { ok: true, value: held.currency };
}
