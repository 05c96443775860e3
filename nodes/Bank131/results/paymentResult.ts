import type { CompletionPlan } from '../../../bank131/flows/confirmAndWait';
import type { SessionResult } from '../../../bank131/flows/sessionResult';
import type { PaymentOrder } from '../../../bank131/requests/payment';
import { amountFields } from '../../../bank131/session/describe';
import type { ItemFile, ItemResult } from '../contract/operation';
import { sessionResult, type OutputOptions } from './sessionResult';
import { outcomesOfPlan, tallyOf } from './tally';

/** The item for a payment. A QR code is also output as a picture, for mail and chat nodes. */
export function paymentResult(
	result: SessionResult,
	plan: CompletionPlan,
	{ order, output }: { order: PaymentOrder; output: OutputOptions },
): ItemResult {
	const { amount } = result.view?.operation ?? {};
	return {
		...sessionResult(result, output, {
			reference: order.reference,
			payer: order.method.displayText,
			...(!amount && amountFields(order.amount)),
		}),
		tally: tallyOf(result, outcomesOfPlan(plan), amount ?? order.amount),
		file: qrFile(result.view?.operation?.interaction?.qrImage),
	};
}

/** How the Base64 text of an image begins. */
const IMAGE_SIGNATURES: ReadonlyArray<
	readonly [start: string, mimeType: string, extension: string]
> = [
	['iVBORw0KGgo', 'image/png', 'png'],
	['/9j/', 'image/jpeg', 'jpg'],
	['R0lGOD', 'image/gif', 'gif'],
	['PHN2Zy', 'image/svg+xml', 'svg'],
	['PD94bWw', 'image/svg+xml', 'svg'],
];

/**
 * The QR code of a payment as a file; `undefined` if its format is not recognised. Assumption: `qr.img` is a data URI,
 * Base64 of a picture, or SVG text; its encoding is not documented.
 */
export function qrFile(image: string | undefined): ItemFile | undefined {
	if (image === undefined) return undefined;
	const uri = /^data:(image\/(\w+)(?:[.+-][\w.+-]*)?);base64,([A-Za-z0-9+/=\s]+)$/.exec(image);
	if (uri) return createQrFile(uri[2], uri[1], Buffer.from(uri[3], 'base64'));
	if (image.trimStart().startsWith('<svg')) {
		return createQrFile('svg', 'image/svg+xml', Buffer.from(image, 'utf8'));
	}
	const signature = IMAGE_SIGNATURES.find(([start]) => image.startsWith(start));
	if (!signature) return undefined;
	const [, mimeType, extension] = signature;
	return createQrFile(extension, mimeType, Buffer.from(image, 'base64'));
}

const createQrFile = (extension: string, mimeType: string, data: Buffer): ItemFile => ({
	name: 'qr',
	fileName: `qr.${extension}`,
	mimeType,
	data,
});
