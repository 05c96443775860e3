import { payByFpsQr } from '../../../bank131/requests/paymentMethods/fpsQr';
import { textField, type PaymentMethodForm } from './paymentMethodForm';

const qrDescription = textField(
	'Purpose',
	'qrDescription',
	'Optional. What the payer sees in the banking app.',
	{
		placeholder: 'e.g. Payment of services',
	},
);

export const fpsQr: PaymentMethodForm = {
	value: 'fpsQr',
	name: 'Faster Payments (SBP) QR Code',
	description: 'By a QR code; needs an account at the bank and registration in FPS',
	fields: [qrDescription],
	read: (param) => payByFpsQr(param.text('qrDescription')),
};
