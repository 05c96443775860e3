/**
 * The QR code of a payment as a file. The bank does not document its encoding, so all likely encodings are accepted.
 */
import { qrFile } from '../../nodes/Bank131/results/paymentResult.ts';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4]);
const jpg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46]);
const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';
const base64 = (data: Buffer | string) => Buffer.from(data).toString('base64');

test.each([
	['data URI of a PNG', `data:image/png;base64,${base64(png)}`, 'image/png', 'qr.png', png],
	[
		'data URI of an SVG',
		`data:image/svg+xml;base64,${base64(svg)}`,
		'image/svg+xml',
		'qr.svg',
		svg,
	],
	['Base64 of a PNG', base64(png), 'image/png', 'qr.png', png],
	['Base64 of a JPEG', base64(jpg), 'image/jpeg', 'qr.jpg', jpg],
	['Base64 of an SVG', base64(svg), 'image/svg+xml', 'qr.svg', svg],
	['SVG as text', svg, 'image/svg+xml', 'qr.svg', svg],
])('%s: file with MIME type, name and data', (_name, image, mimeType, fileName, data) => {
	expect(qrFile(image)).toEqual({ name: 'qr', fileName, mimeType, data: Buffer.from(data) });
});

test.each([undefined, '', 'https://qr.nspk.ru/AS1000', 'AAAA'])('%s: no file', (image) => {
	expect(qrFile(image)).toBeUndefined();
});
