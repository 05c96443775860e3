/** Kinds of daily reports, in the order in which they are tried. */
export const reportKinds = ['payout', 'payment'] as const;
/** The two daily reports of the bank (api/12 §12.6): what the merchant paid out, and what payers paid in. */
export type ReportKind = (typeof reportKinds)[number];
