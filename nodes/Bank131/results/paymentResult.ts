import type { SessionResult } from '../../../bank131/flows/sessionResult';
import type { PaymentOrder } from '../../../bank131/requests/payment';
import type { ItemFile, ItemResult } from '../contract/operation';
import { sessionResult, type Output } from './sessionResult';

/** The item for a payment; a QR code is also a picture, for mail and chat nodes. */
export function paymentResult(end: SessionResult, order: PaymentOrder, output: Output): ItemResult {
	return {
		...sessionResult(end, output, { reference: order.reference, payer: order.method.masked }),
		tally: { outcome: end.outcome, ...order.amount, ...end.view?.operation?.amount },
		file: qrFile(end.view?.operation?.interaction?.qrImage),
	};
}

const SIGNATURES: ReadonlyArray<readonly [start: string, mimeType: string, extension: string]> = [
	['iVBORw0KGgo', 'image/png', 'png'],
	['/9j/', 'image/jpeg', 'jpg'],
	['R0lGOD', 'image/gif', 'gif'],
	['PHN2Zy', 'image/svg+xml', 'svg'],
	['PD94bWw', 'image/svg+xml', 'svg'],
];

/** The encoding of `qr.img` is not documented: a data URI, Base64 of a picture and SVG text are understood. */
export function qrFile(image: string | undefined): ItemFile | undefined {
	if (image === undefined) return undefined;
	const uri = /^data:(image\/(\w+)(?:[.+-][\w.+-]*)?);base64,([A-Za-z0-9+/=\s]+)$/.exec(image);
	if (uri)
		return {
			name: 'qr',
			fileName: `qr.${uri[2]}`,
			mimeType: uri[1],
			data: Buffer.from(uri[3], 'base64'),
		};
	if (image.trimStart().startsWith('<svg')) {
		return {
			name: 'qr',
			fileName: 'qr.svg',
			mimeType: 'image/svg+xml',
			data: Buffer.from(image, 'utf8'),
		};
	}
	const known = SIGNATURES.find(([start]) => image.startsWith(start));
	return (
		known && {
			name: 'qr',
			fileName: `qr.${known[2]}`,
			mimeType: known[1],
			data: Buffer.from(image, 'base64'),
		}
	);
}
