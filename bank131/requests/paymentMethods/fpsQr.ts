import { ready, type CheckedPaymentSource } from './paymentSource';

/** QR code of the Faster Payments System (bank's page "Payments via FPS by QR code"). */
export const payByFpsQr = (description: string): CheckedPaymentSource =>
	ready(
		{
			type: 'faster_payment_system',
			faster_payment_system: description === '' ? {} : { description },
		},
		'FPS QR code',
	);
