import type { INodeProperties } from 'n8n-workflow';

import type { CheckedDestination, DestinationKind } from '../../../bank131/requests/order';
import type { CheckPolicy } from '../../../bank131/values/identifiers';
import type { ItemParameters } from '../parameters/itemParameters';

/** The form of a payout method of this kind. */
interface FormOf<Kind extends DestinationKind> {
	/** Decides whether the form has a Transfer Purpose. The compiler compares it with what `read` returns. */
	kind: Kind;
	/** The value of the parameter `payoutMethod` in saved workflows. */
	value: string;
	name: string;
	description: string;
	fields: INodeProperties[];
	/** Turns the parameters of one item into a checked destination, or returns every problem with it. */
	read(param: ItemParameters, policy: CheckPolicy): CheckedDestination<Kind>;
}

/** How one payout method looks in the editor and how its fields become a destination. */
export type PayoutMethodForm = { [Kind in DestinationKind]: FormOf<Kind> }[DestinationKind];
