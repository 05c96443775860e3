/** Encodings that a user can choose, under the names that `TextDecoder` uses. */
export type Encoding = 'utf-8' | 'windows-1251';

/** Encodings of Cyrillic that are recognised, so that a file in them is refused and not read as another one. */
export type OtherEncoding = 'koi8-r' | 'ibm866' | 'x-mac-cyrillic';

/** Characters between the cells of a CSV file. */
export type Delimiter = ';' | ',' | '\t';

/**
 * File formats that are often taken for CSV. `zip` is also an XLSX workbook, which is a ZIP archive. `clientBank` is
 * the format in which 1C and banks exchange payment orders.
 */
export type OtherFileFormat =
	| 'zip'
	| 'xls'
	| 'pdf'
	| 'gzip'
	| 'rtf'
	| 'html'
	| 'xml'
	| 'json'
	| 'clientBank';
