import { selectRelease } from '../../../playground/install/versions.mts';
import { readExample } from '../../../playground/workflows/importExample.mts';
import { lackingNodes } from '../../../playground/workflows/lackingNodes.mts';

/** The tests of one example. Where the n8n lacks a node of it they are skipped, and the name says why. */
export function describeExample(file: string, tests: () => void): void {
	const { minorVersion } = selectRelease();
	const lacking = lackingNodes(minorVersion, readExample(file).nodes);
	if (lacking.length === 0) describe(`examples/${file}`, tests);
	else describe.skip(`examples/${file}: n8n ${minorVersion} lacks ${lacking.join(', ')}`, tests);
}
