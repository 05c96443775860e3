// The sandbox as a process of its own, so that it does not share the event loop with what is measured.
import { startSandbox, type Settings } from '../../../sandbox/sandbox.mts';

const sandbox = await startSandbox({ logSize: 1, processingMs: 1 });

process.on('message', (order: { reset?: true; set?: Partial<Settings> }) => {
	if (order.reset) sandbox.reset();
	if (order.set) sandbox.set(order.set);
	process.send?.({ moneyMoved: sandbox.moneyMoved() });
});
process.on('disconnect', () => process.exit(0));

process.send?.({
	url: sandbox.url,
	project: sandbox.project,
	privateKey: sandbox.partnerPrivateKey,
});
