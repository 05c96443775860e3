/** Bytes of texts in the encodings of spreadsheets. */

export type WrittenEncoding =
	| 'utf-8'
	| 'utf-16le'
	| 'utf-16be'
	| 'windows-1251'
	| 'koi8-r'
	| 'ibm866'
	| 'x-mac-cyrillic'
	| 'windows-1252';

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const tables = new Map<string, Map<string, number>>();

/** The byte of each character in an encoding with one byte per character. */
function bytesByCharacter(encoding: string): Map<string, number> {
	const known = tables.get(encoding);
	if (known) return known;
	const characters = [...new TextDecoder(encoding).decode(ALL_BYTES)];
	const table = new Map(characters.map((character, byte) => [character, byte]));
	tables.set(encoding, table);
	return table;
}

/** The text in an encoding, without a byte order mark. @throws for a character that the encoding does not have */
export function encodeText(text: string, encoding: WrittenEncoding): Buffer {
	if (encoding === 'utf-8') return Buffer.from(text);
	if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
	if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
	const table = bytesByCharacter(encoding);
	return Buffer.from(
		[...text].map((character) => {
			const byte = table.get(character);
			if (byte === undefined) throw new Error(`${encoding} has no "${character}"`);
			return byte;
		}),
	);
}
