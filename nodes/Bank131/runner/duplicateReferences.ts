import type { NodeExecutionHint } from 'n8n-workflow';

import { confusableForm, foldReference } from '../../../bank131/values/references';
import type { Operation } from '../contract/operation';
import { labelOf } from '../form/labels';
import type { ItemParameters } from '../parameters/itemParameters';

/** Pairs of References that a hint lists. */
const MAX_LISTED = 5;

interface IdentifiedItem {
	/** Empty if the item has none. */
	identity: string;
	param: ItemParameters;
}

/**
 * Rejects all items whose identities are the same, look the same or are the same number (`1001` and `1001.0`), because
 * the node cannot decide which of them to pay.
 */
export function rejectDuplicateReferences(
	{ identity, fields }: Operation,
	items: IdentifiedItem[],
): void {
	if (!identity) return;
	const label = labelOf(fields, identity.field);
	const identities = items.map((item) => item.identity);
	const reported = new Set<number>();
	const reject = (
		toForm: (reference: string) => string,
		describe: (other: string) => string,
		remedy: string,
	): void => {
		for (const indexes of groupBy(identities, toForm).values()) {
			for (const index of indexes.length > 1 ? indexes : []) {
				if (reported.has(index)) continue;
				reported.add(index);
				const other = indexes[0] === index ? indexes[1] : indexes[0];
				items[index].param.addProblem(
					identity.field,
					`Row ${other + 1} ${describe(identities[other])}`,
					remedy,
				);
			}
		}
	};
	reject(
		(reference) => reference,
		(other) => `has the same ${label} "${other}"`,
		`Give each payout its own ${label}, or remove one of the rows.`,
	);
	const distinctRemedy = `Give each payout a ${label} that cannot be taken for another, or remove one of the rows.`;
	reject(
		foldReference,
		(other) => `has the ${label} "${other}", which looks the same`,
		distinctRemedy,
	);
	reject(
		confusableForm,
		(other) =>
			`has the ${label} "${other}", which can be taken for the same: Cyrillic letters look like Latin ones, and 1001.0 is 1001`,
		distinctRemedy,
	);
}

/** The hint for References that differ in case only, which may be meant; none if there are none. */
export function caseHints(
	{ identity, fields }: Operation,
	identities: string[],
): NodeExecutionHint[] {
	if (!identity) return [];
	const label = labelOf(fields, identity.field);
	const toLowerCase = (reference: string) => confusableForm(reference).toLowerCase();
	const pairs = [...groupBy(identities, toLowerCase).values()]
		.filter((indexes) => indexes.length > 1)
		.map((indexes) =>
			indexes.map((index) => `"${identities[index]}" (row ${index + 1})`).join(' and '),
		);
	if (pairs.length === 0) return [];
	const more = pairs.length > MAX_LISTED ? `, and ${pairs.length - MAX_LISTED} more` : '';
	return [
		{
			message: `${label}s that differ only in upper and lower case are different payments: ${pairs.slice(0, MAX_LISTED).join('; ')}${more}. Check that both are meant.`,
			type: 'warning',
			location: 'outputPane',
		},
	];
}

/** The indexes of the identities by their form. Empty identities are left out. */
function groupBy(
	identities: string[],
	toForm: (reference: string) => string,
): Map<string, number[]> {
	const groups = new Map<string, number[]>();
	for (const [index, reference] of identities.entries()) {
		if (reference === '') continue;
		const form = toForm(reference);
		const group = groups.get(form);
		if (group) group.push(index);
		else groups.set(form, [index]);
	}
	return groups;
}
