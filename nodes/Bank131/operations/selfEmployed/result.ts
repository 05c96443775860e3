import { compact } from '../../../../bank131/json';
import type { SelfEmployedStatus } from '../../../../bank131/selfEmployed';
import type { ItemResult } from '../../operation';

export const checkResult = (status: SelfEmployedStatus, inn?: string): ItemResult => ({
	json: compact({ inn, ...status }),
});
