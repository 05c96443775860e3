import { demoRun } from '../../playground/demo/run.mts';
import { openPlayground, type Playground } from '../../playground/playground.mts';

const say = (text: string) => process.stderr.write(`${text}\n`);

describe('the example workflows', () => {
	let playground: Playground;

	beforeAll(async () => {
		playground = await openPlayground({ say });
	});

	afterAll(async () => await playground?.close());

	test('pay the list, confirm what was left for approval, and tell the same story as the ledger', async () => {
		const { broken } = await demoRun(playground, say, () => {});
		expect(broken).toEqual([]);
	});
});
