import type { INodeProperties, NodeParameterValue } from 'n8n-workflow';

type Show = Record<string, NodeParameterValue[]>;

/** Fields of one form and the parameter values under which the editor shows them. */
export interface FieldGroup {
	show: Show;
	fields: INodeProperties[];
}

/**
 * The fields of all groups, each shared field once, shown wherever one of its groups is. Keeps the order that every group
 * gives its own fields. This is what keeps the description small: a field is one object, however many operations use it.
 */
export function mergeFields(groups: FieldGroup[]): INodeProperties[] {
	return inOrder(groups.map(({ fields }) => fields)).flatMap((field) => {
		const places = groups.filter(({ fields }) => fields.includes(field)).map(({ show }) => show);
		return combine(
			places,
			groups.map(({ show }) => show),
		).map((show) => withShow(field, show));
	});
}

function withShow(field: INodeProperties, show: Show): INodeProperties {
	return {
		...field,
		displayOptions: { ...field.displayOptions, show: { ...show, ...field.displayOptions?.show } },
	};
}

/** One condition for all places where that shows nothing too much, else one per value of the first key. */
function combine(places: Show[], all: Show[]): Show[] {
	const union = unionOf(places);
	const covered = all.filter((show) =>
		Object.keys(union).every((key) => show[key].every((value) => union[key].includes(value))),
	);
	if (covered.length === places.length) return [union];
	const [first] = Object.keys(union);
	return union[first].map((value) => unionOf(places.filter((show) => show[first].includes(value))));
}

function unionOf(places: Show[]): Show {
	const union: Show = {};
	for (const place of places) {
		for (const [key, values] of Object.entries(place)) {
			union[key] = [...new Set([...(union[key] ?? []), ...values])];
		}
	}
	return union;
}

/** A topological order of the groups' own orders; ties go to the earlier group. */
function inOrder(lists: INodeProperties[][]): INodeProperties[] {
	const ordered: INodeProperties[] = [];
	const left = lists.map((list) => [...list]);
	while (left.some((list) => list.length > 0)) {
		const next = left
			.flatMap((list) => list.slice(0, 1))
			.find((field) => left.every((list) => list.indexOf(field) <= 0));
		if (!next) throw new Error('Two operations list the same fields in a different order');
		ordered.push(next);
		for (const list of left) if (list[0] === next) list.shift();
	}
	return ordered;
}
