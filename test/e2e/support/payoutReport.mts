import type { LedgerEntry } from '../../../sandbox/sandbox.mts';

/** The header of the bank's payout report. */
export const REPORT_HEADER =
	'paymentSessionMerchantMetadata,paymentSessionId,operationId,typeOfPayment,paymentLocalAmount';

/** The payout report that the bank would send for these movements, as CSV. */
export function payoutReport(entries: readonly LedgerEntry[]): string {
	const lines = entries.map(({ metadata, sessionId, payoutId, kind, amount }) => {
		const { reference } = metadata as { reference: string };
		const type = kind === 'return' ? 'Refund' : 'Advice';
		const rubles = (amount / 100).toFixed(2);
		return `"{""reference"": ""${reference}""}",${sessionId},${payoutId},${type},${rubles}`;
	});
	return [REPORT_HEADER, ...lines].join('\n');
}
