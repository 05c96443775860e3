import { execFileSync } from 'node:child_process';
import type { INodeType } from 'n8n-workflow';

import { projectDir, type LoadedPackage } from '../../support/engine.mts';
import { atMost, median, type ResultRow } from '../report/table.mts';

/** Cost of the installed package for an n8n that does not use it: loading time and sizes. */
export function packageSizes(loader: LoadedPackage): ResultRow[] {
	const size = ['bank131', 'bank131Trigger'].reduce((sum, name) => {
		const { description } = loader.getNode(name).type as INodeType;
		return sum + Buffer.byteLength(JSON.stringify(description));
	}, 0);
	const times = Array.from({ length: 15 }, requireMs);
	return [
		atMost('Loading both nodes after n8n-workflow', median(times), 10, 'ms', 'median of 15 starts'),
		atMost('Descriptions of both nodes as JSON', size / 1024, 130, 'KB'),
		atMost('Package, unpacked', unpackedKb(), 550, 'KB'),
	];
}

function requireMs(): number {
	const script = `
		require('n8n-workflow'); require('crypto'); require('luxon');
		const started = performance.now();
		require('./dist/nodes/Bank131/Bank131.node.js');
		require('./dist/nodes/Bank131Trigger/Bank131Trigger.node.js');
		process.stdout.write(String(performance.now() - started));`;
	return Number(
		execFileSync(process.execPath, ['-e', script], { cwd: projectDir, encoding: 'utf8' }),
	);
}

function unpackedKb(): number {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: projectDir,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
		shell: process.platform === 'win32',
	});
	return (JSON.parse(output) as Array<{ unpackedSize: number }>)[0].unpackedSize / 1024;
}
