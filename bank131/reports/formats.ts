/** Kinds of daily reports, in the order in which they are tried. */
export const reportKinds = ['payout', 'payment'] as const;
/** The two daily reports of the bank (api/12 §12.6): what the merchant paid out, and what payers paid in. */
export type ReportKind = (typeof reportKinds)[number];

/** Encodings of the bank's CSV files, under the names that `TextDecoder` uses. */
export type Encoding = 'utf-8' | 'windows-1251';

/** Characters between the cells of a CSV file. */
export type Delimiter = ';' | ',' | '\t';

/** File formats that are often taken for CSV. `zip` is also an XLSX workbook, which is a ZIP archive. */
export type OtherFileFormat = 'zip' | 'xls' | 'pdf' | 'gzip';
