// One build of the package in its own process: two builds in one process would share what V8 learns of their code.
import '../../../playground/engine/standalone.mjs';

import { loadPackage, type Credentials } from '../../support/engine.mts';
import { measurePayouts } from './measurePayouts.mts';
import { measureSigning, type Signatures } from './measureSigning.mts';
import type { Batch } from './runPayouts.mts';

/** What the parent process asks for. */
export type BuildCommand = { credentials: Credentials } & (
	| { payouts: Batch }
	| { signatures: Signatures }
);

const loader = await loadPackage();

process.on('message', async (command: BuildCommand) => {
	const { credentials } = command;
	process.send?.(
		'payouts' in command
			? await measurePayouts(loader, { credentials }, command.payouts)
			: await measureSigning(loader, credentials, command.signatures),
	);
});
process.on('disconnect', () => process.exit(0));

process.send?.('ready');
