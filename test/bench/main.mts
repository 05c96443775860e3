// npm run bench [-- --items 100000 --rounds 3 --only throughput,scaling]: the budgets of docs/performance.md, as ratios of one run.
import '../support/standalone-engine.mjs';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { loadPackage, projectDir } from '../support/engine.mts';
import { startBank } from './bankProcess.mts';
import { comparison } from './comparison.mts';
import { packageSizes } from './packageSizes.mts';
import { parameterCost } from './parameterCost.mts';
import { scaling } from './scaling.mts';
import { signing } from './signing.mts';
import { toMarkdown, type Row } from './table.mts';
import { throughput } from './throughput.mts';
import { trigger } from './trigger.mts';

const { values } = parseArgs({
	options: {
		items: { type: 'string', default: '10000' },
		rounds: { type: 'string', default: '2' },
		only: { type: 'string' },
	},
});
const rounds = Number(values.rounds);
/** How busy the machine was with other things. */
const load = loadavg()[0].toFixed(1);
const loader = await loadPackage();
const bank = await startBank();

const parts: Record<string, () => Promise<Row[]> | Row[]> = {
	throughput: () => throughput(loader, bank, rounds),
	comparison: () => comparison(loader, bank, rounds),
	scaling: () => scaling(loader, bank, Number(values.items)),
	parameters: () => parameterCost(loader, bank),
	signing: () => signing(),
	package: () => packageSizes(loader),
	trigger: () => trigger(),
};

const wanted = values.only?.split(',') ?? Object.keys(parts);
const rows: Row[] = [];
try {
	for (const name of wanted) {
		if (!(name in parts)) throw new Error(`parts: ${Object.keys(parts).join(', ')}`);
		process.stderr.write(`${name} …\n`);
		const found = await parts[name]();
		for (const { what, measured } of found) process.stderr.write(`  ${what}: ${measured}\n`);
		rows.push(...found);
	}
} finally {
	bank.stop();
}

const table = toMarkdown(rows);
process.stdout.write(`${table}\n`);
if (values.only === undefined) writeReport(table);
process.exit(0);

/** Replaces what stands between the markers; the text around them is written by hand. */
function writeReport(report: string): void {
	const file = path.join(projectDir, 'docs/performance.md');
	const [start, end] = ['<!-- bench:start -->', '<!-- bench:end -->'];
	const text = existsSync(file) ? readFileSync(file, 'utf8') : `${start}\n${end}\n`;
	const machine = `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}, load average ${load} before the start, ${new Date().toISOString().slice(0, 10)}`;
	const before = text.slice(0, text.indexOf(start));
	const after = text.slice(text.indexOf(end));
	writeFileSync(file, `${before}${start}\n\n${machine}\n\n${report}\n\n${after}`);
}
