import type { INodeProperties } from 'n8n-workflow';

import { byText } from '../form/mergeFields';
import type { ItemParameters } from '../parameters/itemParameters';
import { INCLUDE_OTHER_FIELDS } from '../parameters/otherFields';

/** Limits of the requests of a run; read once for all items. */
export interface BatchOptions {
	/** How many requests may be in flight at once. */
	parallel: number;
	/** How many requests may start per second; 0 means no limit. */
	perSecond: number;
	/** Time of one request until its answer is complete. */
	requestTimeoutMs: number;
}

const MAX_PARALLEL = 100;

const parallelRequests: INodeProperties = {
	displayName: 'Parallel Requests',
	name: 'parallelRequests',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_PARALLEL },
	default: 5,
	description: 'Requests sent to the bank at the same time',
};

const requestsPerSecond: INodeProperties = {
	displayName: 'Requests per Second',
	name: 'requestsPerSecond',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: '0 means no limit',
};

const requestTimeout: INodeProperties = {
	displayName: 'Request Timeout (Seconds)',
	name: 'requestTimeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 30,
	description: 'How long one request may take. Nothing is paid twice after that.',
};

const includeOtherFields: INodeProperties = {
	displayName: 'Include Other Input Fields',
	name: INCLUDE_OTHER_FIELDS,
	type: 'boolean',
	default: false,
	description:
		'Whether to pass the other input fields on, without the cards, accounts and phones used',
};

/** One day. A timer of Node.js ends at once if it is longer than 24 days. */
const MAX_TIMEOUT_SECONDS = 86_400;

/** The options that every operation has. */
const commonOptions = [parallelRequests, requestsPerSecond, requestTimeout];

/** The Options collection of an operation: `ownOptions` and the common ones, sorted by label. */
export const optionsField = (ownOptions: INodeProperties[] = []): INodeProperties =>
	collectionOf([...ownOptions, includeOtherFields]);

function collectionOf(ownOptions: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...ownOptions, ...commonOptions].sort(byText(({ displayName }) => displayName)),
	};
}

/** Options of operations that have no option of their own. */
export const plainOptions = optionsField();

/** Options of operations whose items are not one for each input item. */
export const listOptions = collectionOf([]);

/** Reads the limits of the requests. Collects every problem in `param`. */
export function readBatchOptions(param: ItemParameters): BatchOptions {
	const options = param.collection('options');
	param.flagIn(options, includeOtherFields.name);
	return {
		parallel: Math.min(Math.trunc(param.numberIn(options, parallelRequests)), MAX_PARALLEL),
		perSecond: param.numberIn(options, requestsPerSecond),
		requestTimeoutMs: Math.min(param.numberIn(options, requestTimeout), MAX_TIMEOUT_SECONDS) * 1000,
	};
}
