import type { Delimiter, OtherEncoding, OtherFileFormat } from './formats';

/** Why a file has no table. `line` is a line of the file, from 1. */
export type FileProblem =
	| { code: 'file.tooLarge'; maxMegabytes: number }
	| { code: 'file.notCsv'; format: OtherFileFormat }
	/** Not the text of any encoding, e.g. a picture, or a text that was cut in the middle of a character. */
	| { code: 'file.notText' }
	| { code: 'file.notUtf8' }
	/** `looksLike`: the encoding that fits the bytes better than UTF-8 and Windows-1251; absent if none does. */
	| { code: 'file.unknownEncoding'; looksLike?: OtherEncoding }
	| { code: 'csv.textAfterQuote'; line: number; delimiter: Delimiter }
	| { code: 'csv.unclosedQuote'; line: number };
