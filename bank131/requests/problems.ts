import type { Located } from '../lib/result';
import type { Money } from '../values/money';
import type { ValueProblem } from '../values/problems';

/** What can be wrong with a part of a request, beside the values in it: a code and its facts. */
export type RequestProblem =
	| { code: 'card.expiryMonth' }
	| { code: 'card.expiryYear' }
	| { code: 'card.securityCode' }
	| { code: 'receipt.payerInnMissing' }
	| { code: 'receipt.payerNameMissing' }
	| { code: 'receipt.noServices' }
	| { code: 'receipt.tooManyServices'; count: number; maxCount: number }
	| { code: 'receipt.serviceNameMissing' }
	| { code: 'receipt.wrongQuantity' }
	/** `sum`: price × quantity of all services. */
	| { code: 'receipt.sumDiffers'; sum: Money; amount: Money }
	/** A share without its contractor, or with neither a percent nor the rest. */
	| { code: 'split.incompleteShare' }
	| { code: 'split.percentAndRest'; alias: string }
	| { code: 'split.wrongPercent'; alias: string }
	| { code: 'split.above100Percent'; percent: number }
	| { code: 'split.severalRests' }
	/** `entered`: the number as it was entered. `last`: 12 months or 4 quarters. */
	| { code: 'tax.noSuchPeriod'; periodType: 'month' | 'quarter'; entered: string; last: number }
	| { code: 'tax.wrongYear' }
	/** A field of the extended set of details, all of which are mandatory. */
	| { code: 'tax.emptyDetail' };

/** A problem of a value or a request. */
export type AnyRequestProblem = ValueProblem | RequestProblem;

/** A problem with the field it belongs to. */
export type LocatedProblem = Located<AnyRequestProblem>;

/** A checked value, or every field that is wrong with it. `field` is the internal name of the node's parameter. */
export type CheckedFields<T> = { ok: true; value: T } | { ok: false; problems: LocatedProblem[] };
