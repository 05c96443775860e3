import { ready, type Checked } from './paymentSource';

export const payByYooMoney = (): Checked =>
	ready({ type: 'wallet', wallet: { type: 'yoomoney', yoomoney: {} } }, 'YooMoney');
