import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import path from 'node:path';

import { projectDir } from '../../support/engine.mts';

const file = path.join(projectDir, 'docs/performance.md');

/** On what, when, and whether the machine had other things to do: asked before the first part begins. */
export function circumstances(): string {
	const load = loadavg()[0];
	const cores = availableParallelism();
	const facts = [
		`${cores} cores (${cpus()[0]?.model ?? 'unknown'})`,
		`Node ${process.version}`,
		new Date().toISOString().slice(0, 10),
		`load average ${load.toFixed(1)} before the start`,
	];
	const busy = load > cores / 2 ? ' **The machine was busy with other work.**' : '';
	return `${facts.join(', ')}.${busy}`;
}

/** Replaces what stands between the markers of this part; the text around them is written by hand. */
export function writePart(name: string, measuredOn: string, table: string): void {
	const text = readFileSync(file, 'utf8');
	const start = `<!-- bench:${name}:start -->`;
	const from = text.indexOf(start);
	const to = text.indexOf(`<!-- bench:${name}:end -->`);
	if (from === -1 || to < from) throw new Error(`docs/performance.md has no place for ${name}`);
	const before = text.slice(0, from + start.length);
	writeFileSync(file, `${before}\n\n${measuredOn}\n\n${table}\n\n${text.slice(to)}`);
}
