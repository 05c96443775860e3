/** One block of a pasted key, whatever the paste has done to it. */
export interface PemBlock {
	/** Without its spaces, for they get lost too: `PRIVATEKEY`, `RSAPUBLICKEY`, `CERTIFICATE`; empty for bare Base64. */
	label: string;
	/** The bytes inside. */
	der: Buffer;
	/** A canonical PEM text, for the one form that cannot be read from bytes: PKCS#1 encrypted under its own headers. */
	legacyEncrypted?: string;
}

// Word processors turn rows of hyphens into dashes. All repetitions are bounded: a hostile paste stays linear.
const MARKER =
	/(?<![-\u2010-\u2015\u2212])[-\u2010-\u2015\u2212]{1,40} {0,3}(BEGIN|END) {0,3}([A-Z0-9][A-Z0-9 ]{0,40}?) {0,3}[-\u2010-\u2015\u2212]{1,10}/gi;
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const LEGACY_HEADERS = /^Proc-Type:4,ENCRYPTEDDEK-Info:([A-Z0-9-]{1,30}),/i;

/** Undoes JSON, shell and mail quoting, none of whose characters occur in Base64. */
function unquoted(text: string): string {
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

function bytesOf(base64: string): Buffer | undefined {
	return BASE64.test(base64) ? Buffer.from(base64, 'base64') : undefined;
}

function toPem(compactLabel: string, headers: string[], base64: string): string {
	const label = compactLabel.replace('PRIVATEKEY', ' PRIVATE KEY');
	const lines = base64.match(/.{1,64}/g) ?? [];
	return [`-----BEGIN ${label}-----`, ...headers, ...lines, `-----END ${label}-----`, ''].join(
		'\n',
	);
}

function readBlock(label: string, body: string): PemBlock | undefined {
	const compact = body.replace(/\s+/g, '');
	const headers = LEGACY_HEADERS.exec(compact);
	if (!headers) {
		const der = bytesOf(compact);
		return der && { label, der };
	}
	// With the line breaks gone, only the cipher says where the initialisation vector ends and the key begins.
	const cipher = headers[1].toUpperCase();
	const vectorLength = /^(AES|CAMELLIA|ARIA|SEED)/.test(cipher) ? 32 : 16;
	const rest = compact.slice(headers[0].length);
	const base64 = rest.slice(vectorLength);
	const der = bytesOf(base64);
	const legacyHeaders = [
		'Proc-Type: 4,ENCRYPTED',
		`DEK-Info: ${cipher},${rest.slice(0, vectorLength).toUpperCase()}`,
		'',
	];
	return der && { label, der, legacyEncrypted: toPem(label, legacyHeaders, base64) };
}

/** Bare Base64: the whole text as one block, or blocks parted by empty lines. */
function bareBlocks(text: string): PemBlock[] {
	const whole = readBlock('', text);
	const parts: string[] = [];
	let open = false;
	for (const line of text.split('\n')) {
		const filled = line.trim() !== '';
		if (filled && open) parts[parts.length - 1] += line;
		else if (filled) parts.push(line);
		open = filled;
	}
	if (parts.length < 2) return whole ? [whole] : [];
	const blocks = parts.map((part) => readBlock('', part));
	const complete = blocks.every((block) => block !== undefined && missingBytes(block.der) === 0);
	if (complete) return blocks as PemBlock[];
	return whole ? [whole] : [];
}

/**
 * The blocks of a pasted key file: CRLF, literal `\n`, one line, spaces for breaks, indentation, quotes, text around and a
 * missing END line are repaired. Blocks whose content is not Base64 come back in `unreadable`.
 */
export function parsePemBlocks(pasted: string): { blocks: PemBlock[]; unreadable: string[] } {
	const text = unquoted(pasted);
	const markers = [...text.matchAll(MARKER)].map((match) => ({
		begins: match[1].toUpperCase() === 'BEGIN',
		label: match[2].toUpperCase().replace(/ /g, ''),
		start: match.index ?? 0,
		end: (match.index ?? 0) + match[0].length,
	}));
	if (!markers.some((marker) => marker.begins)) {
		// The BEGIN line alone may have been missed by the mouse.
		const end = markers[0]?.start ?? text.length;
		return { blocks: bareBlocks(text.slice(0, end).trim()), unreadable: [] };
	}
	const blocks: PemBlock[] = [];
	const unreadable: string[] = [];
	markers.forEach((marker, index) => {
		if (!marker.begins) return;
		const block = readBlock(marker.label, text.slice(marker.end, markers[index + 1]?.start));
		if (block) blocks.push(block);
		else unreadable.push(marker.label);
	});
	return { blocks, unreadable };
}

/** How many bytes the outer ASN.1 element promises but does not have; 0 when complete, NaN when it is no ASN.1 sequence. */
export function missingBytes(der: Buffer): number {
	if (der.length < 2 || der[0] !== 0x30) return NaN;
	const lengthBytes = der[1] < 0x80 ? 0 : der[1] - 0x80;
	if (lengthBytes > 4 || der.length < 2 + lengthBytes) return NaN;
	const length = lengthBytes === 0 ? der[1] : der.readUIntBE(2, lengthBytes);
	return Math.max(0, 2 + lengthBytes + length - der.length);
}
