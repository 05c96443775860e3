import type { LoadedPackage } from '../../support/engine.mts';
import type { SandboxProcess } from '../support/sandboxProcess.mts';
import type { PayoutForm } from '../support/runPayouts.mts';
import { median, ratio, type ResultRow } from '../report/table.mts';
import { measureCost, type Cost } from './scaling.mts';

/** Rows of the small batch, which is paid several times. */
const SMALL = 1000;
/** Small batches per round and form. */
const SMALL_BATCHES = 3;
/** Maximum ratio that counts as equal; above 1 because of noise. */
const EQUAL_LIMIT = 1.25;

const forms: ReadonlyArray<readonly [PayoutForm, string]> = [
	['fields', 'one parameter per field'],
	['automatic', 'From Each Row, Map Automatically'],
	['mapped', 'From Each Row, Map Each Column'],
];

/**
 * From Each Row must cost per row what single parameters cost. The forms take turns, so that other load on the machine
 * meets all of them.
 */
export async function mappedRows(
	loader: LoadedPackage,
	sandbox: SandboxProcess,
	maximum: number,
	rounds: number,
): Promise<ResultRow[]> {
	for (const [form] of forms) await measureCost(loader, sandbox, 300, form); // warm up
	const rows: ResultRow[] = [];
	for (const count of [SMALL, maximum]) {
		const costs = new Map<PayoutForm, Cost[]>(forms.map(([form]) => [form, []]));
		for (let turn = 0; turn < (count === SMALL ? rounds * SMALL_BATCHES : 1); turn++) {
			for (const [form] of forms) {
				process.stderr.write(`  ${count} items, ${form} …\n`);
				costs.get(form)!.push(await measureCost(loader, sandbox, count, form));
			}
		}
		rows.push(...compare(count, costs));
	}
	return rows;
}

function compare(count: number, costs: Map<PayoutForm, Cost[]>): ResultRow[] {
	const of = (form: PayoutForm, value: (cost: Cost) => number) =>
		median(costs.get(form)!.map(value));
	const toRow = (
		name: string,
		form: PayoutForm,
		value: (cost: Cost) => number,
		format: (measured: number) => string,
	): ResultRow => {
		const [mapped, fields] = [of(form, value), of('fields', value)];
		return {
			metric: name,
			measured: `${ratio(mapped / fields)} (${format(mapped)} ÷ ${format(fields)})`,
			limit: `≤ ${EQUAL_LIMIT}`,
			passed: mapped / fields <= EQUAL_LIMIT,
		};
	};
	const rows = count.toLocaleString('en');
	return forms.slice(1).flatMap(([form, name]) => [
		toRow(
			`${rows} rows, ${name}: processor time per row ÷ single parameters`,
			form,
			({ cpuMsPerItem }) => cpuMsPerItem,
			(ms) => `${ms.toFixed(2)} ms`,
		),
		toRow(
			'… heap per row at the peak of the run ÷ single parameters',
			form,
			({ peakPerItem }) => peakPerItem,
			(bytes) => `${(bytes / 1024).toFixed(1)} KB`,
		),
	]);
}
