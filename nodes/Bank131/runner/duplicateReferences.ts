import type { NodeExecutionHint } from 'n8n-workflow';

import {
	confusableForm,
	findReferenceClashes,
	groupSameForms,
} from '../../../bank131/values/references';
import { referenceClashText } from '../../shared/messages/referenceClashTexts';
import { outputHint } from '../../shared/shownTexts';
import type { Operation } from '../contract/operation';
import { labelOf } from '../form/labels';
import type { ItemParameters } from '../parameters/itemParameters';
import { rowName } from '../parameters/rowName';

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
	for (const { kind, index, other } of findReferenceClashes(identities)) {
		const { message, remedy } = referenceClashText(kind, label, {
			row: rowName(other, items.length, items[other].param.input),
			other: identities[other],
		});
		items[index].param.addProblem(identity.field, message, remedy);
	}
}

/** The hint for References that differ in case only, which may be meant; none if there are none. */
export function caseHints(
	{ identity, fields }: Operation,
	identities: string[],
): NodeExecutionHint[] {
	if (!identity) return [];
	const label = labelOf(fields, identity.field);
	const toLowerCase = (reference: string) => confusableForm(reference).toLowerCase();
	const pairs = groupSameForms(identities, toLowerCase).map((indexes) =>
		indexes.map((index) => `"${identities[index]}" (row ${index + 1})`).join(' and '),
	);
	if (pairs.length === 0) return [];
	const more = pairs.length > MAX_LISTED ? `, and ${pairs.length - MAX_LISTED} more` : '';
	return [
		outputHint(
			`${label}s that differ only in upper and lower case are different payments: ${pairs.slice(0, MAX_LISTED).join('; ')}${more}. Check that both are meant.`,
			'warning',
		),
	];
}
