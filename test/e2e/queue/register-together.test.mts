/** examples/register in queue mode: executions on two workers that pay one list at once. */
import {
	openQueuePlayground,
	type QueuePlayground,
} from '../../../playground/host/queuePlayground.mts';
import { expectPaidOnceTogether } from '../support/payTogether.mts';
import { RegisterFamily } from '../support/registerFamily.mts';
import { workerOf } from '../support/workerOf.mts';

let family: RegisterFamily<QueuePlayground>;

beforeAll(async () => {
	family = await RegisterFamily.open(openQueuePlayground);
});

afterAll(async () => await family?.close());

test.each([2, 3])(
	'%i executions of one list at once on two workers: everybody is paid once, and all say so',
	async (count) => {
		const list = await family.importList(`at-once-${count}`, 30, 20);
		await expectPaidOnceTogether(family, list, async () => {
			const startOne = async () => await family.startPaying(list);
			const ids = await Promise.all(Array.from({ length: count }, startOne));
			const workers = async () =>
				new Set(await Promise.all(ids.map((id) => workerOf(family.playground, id))));
			// Redis decides which worker takes an execution.
			while ((await workers()).size < 2) ids.push(await startOne());
			return ids;
		});
	},
);
