import type { JsonObject } from '../../../lib/json';
import { ok } from '../../../lib/result';
import type { CheckedPaymentMethod } from '../../payment';

/**
 * A method whose details hold no number or token of the payer. `identity`: a word for the method. Two payments of one
 * amount then count as payments by the same payer, because nothing in the details says otherwise.
 */
export const withoutIdentifier = (
	identity: string,
	details: JsonObject,
	displayText: string,
): CheckedPaymentMethod => ok({ details, displayText, identity: [identity] });
