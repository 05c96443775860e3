import type { Resource } from '../../contract/operation';
import { getBanks } from './getBanks';
import { verifyRecipient } from './verifyRecipient';

export const fps: Resource = {
	value: 'fps',
	name: 'FPS',
	description: 'Faster Payments System (СБП)',
	operations: [getBanks, verifyRecipient],
};
