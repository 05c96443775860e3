import type { RestClient } from './client.mts';

/** Path of the Data Table with exactly this name in the owner's project; undefined if there is none. n8n 2 only. */
async function pathOf(rest: RestClient, name: string): Promise<string | undefined> {
	const project = await rest.request<{ id: string }>('GET', '/rest/projects/personal');
	const tables = `/rest/projects/${project.id}/data-tables`;
	const found = await rest.request<{ data: Array<{ id: string; name: string }> }>('GET', tables);
	const table = found.data.find((one) => one.name === name);
	return table && `${tables}/${table.id}`;
}

/** Reads all rows of a Data Table, oldest first; none if there is no such table. */
export async function readDataTable<Row>(rest: RestClient, name: string): Promise<Row[]> {
	const path = await pathOf(rest, name);
	const rows: Row[] = [];
	while (path) {
		const query = `take=100&skip=${rows.length}&sortBy=id%3Aasc`;
		const page = await rest.request<{ count: number; data: Row[] }>('GET', `${path}/rows?${query}`);
		rows.push(...page.data);
		if (rows.length >= page.count || page.data.length === 0) break;
	}
	return rows;
}

/** Adds a row. */
export async function addDataTableRow(rest: RestClient, name: string, row: object): Promise<void> {
	await rest.request('POST', `${await pathOf(rest, name)}/insert`, { data: [row] });
}

const rowWithId = (id: number) => ({
	type: 'and',
	filters: [{ columnName: 'id', condition: 'eq', value: id }],
});

/** Changes columns of one row. */
export async function changeDataTableRow(
	rest: RestClient,
	name: string,
	id: number,
	data: object,
): Promise<void> {
	await rest.request('PATCH', `${await pathOf(rest, name)}/rows`, { filter: rowWithId(id), data });
}

/** Deletes one row. */
export async function deleteDataTableRow(
	rest: RestClient,
	name: string,
	id: number,
): Promise<void> {
	const filter = encodeURIComponent(JSON.stringify(rowWithId(id)));
	await rest.request('DELETE', `${await pathOf(rest, name)}/rows?filter=${filter}`);
}
