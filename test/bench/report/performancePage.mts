import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import path from 'node:path';

import { projectDir } from '../../support/engine.mts';

const file = path.join(projectDir, 'docs/performance.md');

/** The machine, Node version, date and load average. Call it before the first part, which changes the load. */
export function describeMachine(): string {
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

/**
 * Replaces the text between the markers of a part in docs/performance.md; the rest of the page is written by hand.
 * @throws if the page has no markers for the part
 */
export function updatePerformancePage(name: string, machine: string, table: string): void {
	const text = readFileSync(file, 'utf8');
	const start = `<!-- bench:${name}:start -->`;
	const from = text.indexOf(start);
	const to = text.indexOf(`<!-- bench:${name}:end -->`);
	if (from === -1 || to < from) throw new Error(`docs/performance.md has no markers for ${name}`);
	const before = text.slice(0, from + start.length);
	writeFileSync(file, `${before}\n\n${machine}\n\n${table}\n\n${text.slice(to)}`);
}
