import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { errorOf, hintsOf, loadPackage, outputOf, runNode, type LoadedPackage } from '../support/engine.mts';

let sandbox: Sandbox;
let loader: LoadedPackage;

beforeAll(async () => {
	sandbox = await startSandbox();
	loader = await loadPackage();
});
afterAll(async () => await sandbox.stop());

test('first payout', async () => {
	const run = await runNode({
		loader,
		nodeName: 'bank131',
		credentials: {
			bank131Api: {
				environment: 'custom',
				customUrl: sandbox.url,
				project: sandbox.project,
				privateKey: sandbox.partnerPrivateKey,
				apiVersion: 'v2',
			},
		},
		parameters: {
			resource: 'payout',
			operation: 'send',
			reference: '={{ $json.ref }}',
			amount: '1 500,50',
			payoutMethod: 'cardNumber',
			cardNumber: '4242 4242 4242 4242',
			recipientName: 'Иванов Иван',
		},
		items: [{ json: { ref: 'A-1' } }, { json: { ref: 'A-2' } }],
	});
	console.log(JSON.stringify(errorOf(run)), JSON.stringify(outputOf(run).map((i) => i.json), null, 1), hintsOf(run));
	console.log(sandbox.requests.map((r) => JSON.stringify(r)).join('\n').slice(0, 3000));
});
