// npm run bench [-- --only throughput,scaling --write --items 100000 --rounds 3]: the budgets of docs/performance.md,
// as ratios of one run. npm run bench -- --against ../other --rounds 20: this build and another one, in turns.
import '../../playground/engine/standalone.mjs';
import { parseArgs } from 'node:util';

import { loadPackage } from '../support/engine.mts';
import { startSandboxProcess } from './support/sandboxProcess.mts';
import { builds } from './parts/builds.mts';
import { comparison } from './parts/comparison.mts';
import { isolate } from './parts/isolate.mts';
import { limits } from './parts/limits.mts';
import { mappedRows } from './parts/mappedRows.mts';
import { packageSizes } from './parts/packageSizes.mts';
import { parameterCost } from './parts/parameterCost.mts';
import { describeMachine, updatePerformancePage } from './report/performancePage.mts';
import { scaling } from './parts/scaling.mts';
import { signing } from './parts/signing.mts';
import { toMarkdown, type ResultRow } from './report/table.mts';
import { throughput } from './parts/throughput.mts';
import { trigger } from './parts/trigger.mts';

const { values } = parseArgs({
	options: {
		items: { type: 'string', default: '10000' },
		rounds: { type: 'string', default: '2' },
		only: { type: 'string' },
		against: { type: 'string' },
		write: { type: 'boolean', default: false },
	},
});
const rounds = Number(values.rounds);
const loader = await loadPackage();
const sandbox = await startSandboxProcess();

const parts: Record<string, () => Promise<ResultRow[]> | ResultRow[]> = {
	throughput: () => throughput(loader, sandbox, rounds),
	comparison: () => comparison(loader, sandbox, rounds),
	scaling: () => scaling(loader, sandbox, Number(values.items)),
	mapped: () => mappedRows(loader, sandbox, Number(values.items), rounds),
	limits: () => limits(loader),
	parameters: () => parameterCost(loader, sandbox),
	isolate: () => isolate(),
	trigger: () => trigger(),
	signing: () => signing(),
	package: () => packageSizes(loader),
};
const against = values.against === undefined ? {} : builds(sandbox, values.against, rounds);
Object.assign(parts, against);

const machine = describeMachine();
const isComplete = values.only === undefined && values.against === undefined;
const selectedParts = values.only?.split(',') ?? Object.keys(isComplete ? parts : against);
try {
	for (const name of selectedParts) {
		if (!(name in parts)) throw new Error(`parts: ${Object.keys(parts).join(', ')}`);
		process.stderr.write(`${name} …\n`);
		const table = toMarkdown(await parts[name]());
		process.stdout.write(`${machine}\n\n${table}\n\n`);
		if (values.write || isComplete) updatePerformancePage(name, machine, table);
	}
} finally {
	sandbox.stop();
}
process.exit(0);
