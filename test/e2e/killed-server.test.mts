import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import { openDoor, type Door } from './support/readinessProxy.mts';
import { missingInRecord, untruths, wrongInLedger } from './support/ledgerChecks.mts';
import { Payday, slowBank } from './support/payrollScenario.mts';

describe('a server that is killed while it pays 200 people', () => {
	let playground: Playground;
	let payday: Payday;
	let door: Door;

	beforeAll(async () => {
		const log = (text: string) => void process.stderr.write(`${text}\n`);
		playground = await openPlayground({ log, sandbox: slowBank });
		payday = await Payday.publish(playground);
		door = await openDoor(playground.server.baseUrl);
		const { sandbox } = playground;
		sandbox.set({ webhookUrl: door.to(sandbox.settings.webhookUrl ?? '') });
	});

	afterAll(async () => {
		door?.close();
		await playground?.close();
	});

	test('is started again and told to pay the list once more: everybody is paid once', async () => {
		const { server, sandbox, rest } = playground;
		const killed = await payday.begin();
		await payday.paidAtLeast(60);
		await server.kill();
		expect(payday.paid).toBeLessThanOrEqual(140);
		await server.restart();
		expect((await payday.settled()).get(killed)).toBe('crashed');

		const again = await rest.waitForExecution(await payday.begin());
		await payday.allDelivered();
		expect(again.status).toBe('success');
		expect(wrongInLedger(sandbox)).toEqual([]);
		expect(untruths(again, sandbox)).toEqual([]);
		expect(await missingInRecord(playground)).toEqual([]);
	});
});
