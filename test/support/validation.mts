import type { EngineFixture, Loose } from './engineFixture.mts';
import { payAll, rowsOf, type Row } from './payouts.mts';
import { continueRegular, jsonOf, runOperation, type RunSettings } from './runOperation.mts';

const asText = ({ field, message }: Loose): string => `${field}: ${message}`;

/** The problems of a valid row with these columns replaced, as "Field: message"; undefined if the node accepts it. */
export async function problemsOfRow(
	fixture: EngineFixture,
	row: Partial<Row>,
	settings: RunSettings = {},
): Promise<Loose> {
	const [valid] = rowsOf('row', 1);
	const run = await payAll(fixture, [{ ...valid, ...row }], { node: continueRegular, ...settings });
	return jsonOf(run)[0].error?.problems?.map(asText);
}

/**
 * The problems of one item of `resource.operation`, as "Field: message"; empty if the node accepts it. An error without
 * problems is given as its message.
 */
export async function problemsOfOperation(
	fixture: EngineFixture,
	operation: string,
	settings: RunSettings,
): Promise<string[]> {
	const [resource, value] = operation.split('.');
	const { parameters = {}, ...more } = settings;
	const node = continueRegular;
	const run = await runOperation(fixture, resource, value, parameters, { node, ...more });
	const { error } = jsonOf(run)[0];
	if (error && !error.problems) return [error.message];
	return (error?.problems ?? []).map(asText);
}
