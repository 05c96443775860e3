import type { JsonObject } from '../../../lib/json';
import { ok } from '../../../lib/result';
import type { CheckedPaymentMethod } from '../../payment';

/** A method whose details hold no number or token of the payer, so that all of them together are the identity. */
export const withoutIdentifier = (details: JsonObject, displayText: string): CheckedPaymentMethod =>
	ok({ details, displayText, identity: details });
