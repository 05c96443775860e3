import type { INodeProperties } from 'n8n-workflow';

import type { CheckedDestination } from '../../../bank131/requests/order';
import type { CheckPolicy } from '../../../bank131/values/identifiers';
import type { ItemParameters } from '../parameters/itemParameters';

/** How one payout method looks in the editor and how its fields become a destination. */
export interface PayoutMethodForm {
	value: string;
	name: string;
	description: string;
	fields: INodeProperties[];
	read(param: ItemParameters, policy: CheckPolicy): CheckedDestination;
}
