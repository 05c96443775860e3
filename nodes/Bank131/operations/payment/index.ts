import type { Resource } from '../../contract/operation';
import { capture } from './capture';
import { initiate } from './initiate';
import { initiateAndWait } from './initiateAndWait';
import { sberPayPush } from './sberPayPush';
import { start } from './start';

export const payment: Resource = {
	value: 'payment',
	name: 'Payment',
	description: 'Money from a payer: card, QR code, wallet, repeated',
	operations: [initiateAndWait, initiate, start, capture, sberPayPush],
};
