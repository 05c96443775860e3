import { ready, type CheckedPaymentMethod } from './paymentSource';

/** QR code of the Faster Payments System (bank's page "Payments via FPS by QR code"). */
export const payByFpsQr = (description: string): CheckedPaymentMethod =>
	ready(
		{
			type: 'faster_payment_system',
			faster_payment_system: description === '' ? {} : { description },
		},
		'FPS QR code',
	);
