import type { INodeProperties, NodeParameterValue } from 'n8n-workflow';

type ShowCondition = Record<string, NodeParameterValue[]>;

/** Fields of one form and the parameter values under which the editor shows them. */
export interface FieldGroup {
	show: ShowCondition;
	fields: INodeProperties[];
}

/**
 * The fields of all groups, each shared field once, shown where any of its groups is shown. Keeps the order of fields
 * of every group. A field is one object for all operations that use it, so the description stays small.
 * @throws if two groups have the same fields in a different order
 */
export function mergeFields(groups: FieldGroup[]): INodeProperties[] {
	const conditions = new Map<INodeProperties, ShowCondition[]>();
	for (const { show, fields } of groups) {
		for (const field of fields) conditions.set(field, [...(conditions.get(field) ?? []), show]);
	}
	const allConditions = groups.map(({ show }) => show);
	return sortTopologically(groups.map(({ fields }) => fields)).flatMap((field) =>
		combineConditions(conditions.get(field) ?? [], allConditions).map((show) =>
			withShow(field, show),
		),
	);
}

function withShow(field: INodeProperties, show: ShowCondition): INodeProperties {
	return {
		...field,
		displayOptions: { ...field.displayOptions, show: { ...show, ...field.displayOptions?.show } },
	};
}

/** Conditions that together cover exactly `conditions`: one if possible, else as few as a greedy search finds. */
function combineConditions(
	conditions: ShowCondition[],
	allConditions: ShowCondition[],
): ShowCondition[] {
	if (isExact(conditions, allConditions)) return [unionOf(conditions)];
	const combined: ShowCondition[][] = [];
	for (const condition of conditions) {
		const target = combined.find((others) => isExact([...others, condition], allConditions));
		if (target) target.push(condition);
		else combined.push([condition]);
	}
	return combined.map(unionOf);
}

/** Whether the union of these conditions covers no other condition of `allConditions`. */
function isExact(conditions: ShowCondition[], allConditions: ShowCondition[]): boolean {
	const union = unionOf(conditions);
	const covered = allConditions.filter((show) =>
		Object.keys(union).every((key) => show[key].every((value) => union[key].includes(value))),
	);
	return covered.length === conditions.length;
}

function unionOf(conditions: ShowCondition[]): ShowCondition {
	const union: ShowCondition = {};
	for (const condition of conditions) {
		for (const [key, values] of Object.entries(condition)) {
			union[key] = [...new Set([...(union[key] ?? []), ...values])];
		}
	}
	return union;
}

/**
 * Topological sort of all lists; ties go to the earlier list. n8n waits for this when it loads the node, so each
 * field is visited once per list: `blockers` counts the lists in which another field comes before it.
 */
function sortTopologically(lists: INodeProperties[][]): INodeProperties[] {
	const blockers = new Map<INodeProperties, number>();
	for (const list of lists) {
		for (const [index, field] of list.entries()) {
			blockers.set(field, (blockers.get(field) ?? 0) + (index > 0 ? 1 : 0));
		}
	}
	const next = lists.map(() => 0);
	const ordered: INodeProperties[] = [];
	while (ordered.length < blockers.size) {
		const listIndex = lists.findIndex(
			(list, index) => next[index] < list.length && blockers.get(list[next[index]]) === 0,
		);
		if (listIndex < 0) throw new Error('Two operations list the same fields in a different order');
		const field = lists[listIndex][next[listIndex]];
		ordered.push(field);
		for (const [index, list] of lists.entries()) {
			if (list[next[index]] !== field) continue;
			next[index]++;
			const follower = list[next[index]];
			if (follower) blockers.set(follower, (blockers.get(follower) ?? 1) - 1);
		}
	}
	return ordered;
}

/**
 * Compares by text, for lists in the editor. Not `localeCompare`: its first use takes longer than loading the rest of
 * the node.
 */
export const byText =
	<T>(textOf: (entry: T) => string) =>
	(a: T, b: T): number => {
		const [first, second] = [textOf(a).toLowerCase(), textOf(b).toLowerCase()];
		return first < second ? -1 : Number(first > second);
	};
