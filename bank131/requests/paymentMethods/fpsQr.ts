import type { CheckedPaymentMethod } from '../payment';
import { withoutIdentifier } from './parts/withoutIdentifier';

/** QR code of the Faster Payments System (bank's page "Payments via FPS by QR code"). `description` may be empty. */
export const payByFpsQr = (description: string): CheckedPaymentMethod =>
	withoutIdentifier(
		'fps_qr',
		{
			type: 'faster_payment_system',
			faster_payment_system: description === '' ? {} : { description },
		},
		'FPS QR code',
	);
