import type { IExecuteFunctions } from 'n8n-workflow';

import { hostRequire, makeExecuteContext, type LoadedPackage } from '../support/engine.mts';
import type { BankProcess } from './bankProcess.mts';
import type { Row } from './table.mts';

const COUNT = 1000;
const TURNS = 5;
const NAMES = ['reference', 'amount', 'cardNumber', 'recipientName'];

interface Parameters {
	BatchParameters: new (node: IExecuteFunctions, live: boolean) => object;
	ItemParameters: new (
		node: IExecuteFunctions,
		itemIndex: number,
		shared: object,
	) => { raw(name: string): unknown };
}

/** What four parameters of a row cost: by n8n's evaluator, and as the package reads them. */
export function parameterCost(loader: LoadedPackage, bank: BankProcess): Row[] {
	const columns = costs(loader, bank, '={{ $json.value }}');
	const texts = costs(loader, bank, '=Order {{ $json.value }}');
	const others = costs(loader, bank, '={{ $json.value + "!" }}');
	return [
		row('`={{ $json.column }}` in 4 parameters of a row', columns),
		row('`=Order {{ $json.column }}` in 4 parameters of a row', texts),
		row('Any other expression in 4 parameters of a row', others),
	];
}

interface Costs {
	n8n: number;
	ours: number;
}

const row = (what: string, { n8n, ours }: Costs): Row => ({
	what,
	measured: `${ours.toFixed(0)} µs (getNodeParameter alone: ${n8n.toFixed(0)} µs)`,
	bar: '',
});

function costs(loader: LoadedPackage, { credentials }: BankProcess, expression: string): Costs {
	const node = makeExecuteContext({
		loader,
		nodeName: 'bank131',
		credentials,
		parameters: {
			resource: 'payout',
			operation: 'send',
			payoutMethod: 'cardNumber',
			...Object.fromEntries(NAMES.map((name) => [name, expression])),
		},
		items: Array.from({ length: COUNT }, (_, n) => ({ json: { value: `v${n}` } })),
	}) as unknown as IExecuteFunctions;
	const built = (module: string) =>
		hostRequire(`./dist/nodes/Bank131/parameters/${module}.js`) as Parameters;
	const { ItemParameters } = built('itemParameters');
	const { BatchParameters } = built('batchParameters');
	const shared = new BatchParameters(node, false);
	return {
		n8n: best((item) => NAMES.forEach((name) => node.getNodeParameter(name, item, null))),
		ours: best((item) => {
			const parameters = new ItemParameters(node, item, shared);
			for (const name of NAMES) parameters.raw(name);
		}),
	};
}

/** Microseconds per row in the best of some turns. */
function best(read: (item: number) => void): number {
	let found = Infinity;
	for (let turn = 0; turn < TURNS; turn++) {
		const started = performance.now();
		for (let item = 0; item < COUNT; item++) read(item);
		found = Math.min(found, ((performance.now() - started) / COUNT) * 1000);
	}
	return found;
}
