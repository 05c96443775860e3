// The sandbox in its own process, so that it does not share the event loop with the measured code.
import { startSandbox, type Settings } from '../../../sandbox/sandbox.mts';

const sandbox = await startSandbox({ logSize: 1, processingMs: 1 });

process.on('message', (command: { reset?: true; set?: Partial<Settings> }) => {
	if (command.reset) sandbox.reset();
	if (command.set) sandbox.set(command.set);
	process.send?.({ moneyMoved: sandbox.moneyMoved() });
});
process.on('disconnect', () => process.exit(0));

process.send?.({
	url: sandbox.url,
	project: sandbox.project,
	privateKey: sandbox.partnerPrivateKey,
});
