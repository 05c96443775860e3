import type { LoadedPackage } from '../support/engine.mts';
import { makeExecuteContext } from '../support/engine.mts';
import type { BankProcess } from './bankProcess.mts';
import { runPayouts } from './runPayouts.mts';
import type { Row } from './table.mts';

const COUNT = 1000;
const EXPRESSIONS = ['reference', 'amount', 'cardNumber', 'recipientName'];

/** How much of a payout's own time, without the bank's, goes into n8n's expressions. */
export async function parameterCost(loader: LoadedPackage, bank: BankProcess): Promise<Row[]> {
	const items = Array.from({ length: COUNT }, (_, n) => ({ json: { value: `v${n}` } }));
	const context = makeExecuteContext({
		loader,
		nodeName: 'bank131',
		credentials: bank.credentials,
		parameters: {
			resource: 'payout',
			operation: 'send',
			payoutMethod: 'cardNumber',
			...Object.fromEntries(EXPRESSIONS.map((name) => [name, '={{ $json.value }}'])),
		},
		items,
	});
	const read = (names: string[]) => {
		const started = performance.now();
		for (let item = 0; item < COUNT; item++) {
			for (const name of names) context.getNodeParameter(name, item, undefined);
		}
		return performance.now() - started;
	};
	read(EXPRESSIONS); // warm up
	const expressions = read(EXPRESSIONS);
	await bank.open(0);
	const { ms } = await runPayouts(loader, bank, { count: COUNT, parallel: 20, waitFor: 'started' });
	const micros = (total: number, times: number) => `${((total / times) * 1000).toFixed(0)} µs`;
	return [
		{
			what: "Share of n8n's expressions in a payout's own time (4 expressions, no latency)",
			measured: `${((expressions / ms) * 100).toFixed(0)} % (${micros(expressions, COUNT)} of ${micros(ms, COUNT)}; ${micros(expressions, COUNT * EXPRESSIONS.length)} each)`,
			bar: '',
		},
	];
}
