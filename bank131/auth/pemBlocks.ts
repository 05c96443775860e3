/** One PEM block parsed from pasted text, after repairing whitespace, quotes and line breaks. */
export interface PemBlock {
	/**
	 * Label of the BEGIN line without spaces, because pasting may remove them: `PRIVATEKEY`, `RSAPUBLICKEY`,
	 * `CERTIFICATE`. Empty for Base64 without a BEGIN line.
	 */
	label: string;
	/** The decoded content. */
	der: Buffer;
	/** Canonical PEM text of a PKCS#1 key with encryption headers (RFC 1421): OpenSSL cannot read it from bytes alone. */
	legacyEncrypted?: string;
}

// Word processors turn rows of hyphens into dashes. All repetitions are bounded, so matching takes linear time.
const MARKER =
	/(?<![-\u2010-\u2015\u2212])[-\u2010-\u2015\u2212]{1,40} {0,3}(BEGIN|END) {0,3}([A-Z0-9][A-Z0-9 ]{0,40}?) {0,3}[-\u2010-\u2015\u2212]{1,10}/gi;
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const LEGACY_HEADERS = /^Proc-Type:4,ENCRYPTEDDEK-Info:([A-Z0-9-]{1,30}),/i;

/**
 * Parses the PEM blocks of a pasted key file. Repairs CRLF, literal `\n`, missing line breaks, spaces instead of line
 * breaks, indentation, quotes, surrounding text and a missing END line.
 * @returns The blocks in the order of the text; `unreadable` has the labels of blocks whose content is not Base64
 */
export function parsePemBlocks(pasted: string): {
	blocks: PemBlock[];
	undecodableLabels: string[];
} {
	const text = removeQuoting(pasted);
	const markers = [...text.matchAll(MARKER)].map((match) => ({
		isBegin: match[1].toUpperCase() === 'BEGIN',
		label: match[2].toUpperCase().replace(/ /g, ''),
		start: match.index ?? 0,
		end: (match.index ?? 0) + match[0].length,
	}));
	if (!markers.some((marker) => marker.isBegin)) {
		// Only the BEGIN line may be missing, when the selection started one line too low.
		const end = markers[0]?.start ?? text.length;
		return { blocks: parseBareBlocks(text.slice(0, end).trim()), undecodableLabels: [] };
	}
	const blocks: PemBlock[] = [];
	const undecodableLabels: string[] = [];
	markers.forEach((marker, index) => {
		if (!marker.isBegin) return;
		const block = parseBlock(marker.label, text.slice(marker.end, markers[index + 1]?.start));
		if (block) blocks.push(block);
		else undecodableLabels.push(marker.label);
	});
	return { blocks, undecodableLabels };
}

/** Bytes that the outer ASN.1 sequence declares but lacks: 0 when complete, NaN when `der` is no ASN.1 sequence. */
export function missingBytes(der: Buffer): number {
	if (der.length < 2 || der[0] !== 0x30) return NaN;
	const lengthBytes = der[1] < 0x80 ? 0 : der[1] - 0x80;
	if (lengthBytes > 4 || der.length < 2 + lengthBytes) return NaN;
	const length = lengthBytes === 0 ? der[1] : der.readUIntBE(2, lengthBytes);
	return Math.max(0, 2 + lengthBytes + length - der.length);
}

/** Removes JSON, shell and mail quoting. None of the removed characters occurs in Base64. */
function removeQuoting(text: string): string {
	return text
		.replace(INVISIBLE, '')
		.split('\u00a0')
		.join(' ')
		.split('\\r')
		.join('')
		.split('\\n')
		.join('\n')
		.replace(/[\\"'`>]/g, '');
}

/** Parses Base64 without BEGIN lines: one block, or several complete blocks separated by empty lines. */
function parseBareBlocks(text: string): PemBlock[] {
	const whole = parseBlock('', text);
	const parts: string[] = [];
	let isInsidePart = false;
	for (const line of text.split('\n')) {
		const isFilled = line.trim() !== '';
		if (isFilled && isInsidePart) parts[parts.length - 1] += line;
		else if (isFilled) parts.push(line);
		isInsidePart = isFilled;
	}
	if (parts.length < 2) return whole ? [whole] : [];
	const blocks = parts.map((part) => parseBlock('', part));
	const areComplete = blocks.every((block) => block !== undefined && missingBytes(block.der) === 0);
	if (areComplete) return blocks as PemBlock[];
	return whole ? [whole] : [];
}

function parseBlock(label: string, body: string): PemBlock | undefined {
	const compact = body.replace(/\s+/g, '');
	const headers = LEGACY_HEADERS.exec(compact);
	if (!headers) {
		const der = decodeBase64(compact);
		return der && { label, der };
	}
	// Without line breaks only the cipher tells where the initialisation vector ends and the key starts.
	const cipher = headers[1].toUpperCase();
	const ivHexLength = /^(AES|CAMELLIA|ARIA|SEED)/.test(cipher) ? 32 : 16;
	const rest = compact.slice(headers[0].length);
	const base64 = rest.slice(ivHexLength);
	const der = decodeBase64(base64);
	const legacyHeaders = [
		'Proc-Type: 4,ENCRYPTED',
		`DEK-Info: ${cipher},${rest.slice(0, ivHexLength).toUpperCase()}`,
		'',
	];
	return der && { label, der, legacyEncrypted: toPem(label, legacyHeaders, base64) };
}

function toPem(compactLabel: string, headers: string[], base64: string): string {
	const label = compactLabel.replace('PRIVATEKEY', ' PRIVATE KEY');
	const lines = base64.match(/.{1,64}/g) ?? [];
	return [`-----BEGIN ${label}-----`, ...headers, ...lines, `-----END ${label}-----`, ''].join(
		'\n',
	);
}

function decodeBase64(base64: string): Buffer | undefined {
	return BASE64.test(base64) ? Buffer.from(base64, 'base64') : undefined;
}
