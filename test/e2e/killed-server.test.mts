import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import { startReadinessProxy, type ReadinessProxy } from './support/readinessProxy.mts';
import {
	findMissingRecords,
	findMisreportedOutcomes,
	findLedgerViolations,
} from './support/ledgerChecks.mts';
import { PayrollScenario, slowSandbox } from './support/payrollScenario.mts';

describe('n8n killed with SIGKILL during a payroll of 200', () => {
	let playground: Playground;
	let scenario: PayrollScenario;
	let proxy: ReadinessProxy;

	beforeAll(async () => {
		const log = (text: string) => void process.stderr.write(`${text}\n`);
		playground = await openPlayground({ log, sandbox: slowSandbox });
		scenario = await PayrollScenario.publish(playground);
		proxy = await startReadinessProxy(playground.server.baseUrl);
		const { sandbox } = playground;
		sandbox.set({ webhookUrl: proxy.urlFor(sandbox.settings.webhookUrl ?? '') });
	});

	afterAll(async () => {
		proxy?.close();
		await playground?.close();
	});

	test('restart and second run of the list: every recipient is paid once', async () => {
		const { server, sandbox, rest } = playground;
		const killed = await scenario.start();
		await scenario.waitForPaidCount(60);
		await server.kill();
		expect(scenario.paidCount).toBeLessThanOrEqual(140);
		await server.restart();
		expect((await scenario.waitForExecutions()).get(killed)).toBe('crashed');

		const again = await rest.waitForExecution(await scenario.start());
		await scenario.waitForDeliveries();
		expect(again.status).toBe('success');
		expect(findLedgerViolations(sandbox)).toEqual([]);
		expect(findMisreportedOutcomes(again, sandbox)).toEqual([]);
		expect(await findMissingRecords(playground)).toEqual([]);
	});
});
