import { EventLoopTurns } from '../../nodes/shared/eventLoopTurns.ts';

/** Takes `count` steps, `atOnce` at a time. */
async function stepsPerTurn(count: number, atOnce: number) {
	const perTurn = [0];
	const order: number[] = [];
	const turns = new EventLoopTurns(async () => {
		await new Promise(setImmediate);
		perTurn.push(0);
	});
	let next = 0;
	const work = async () => {
		while (next < count) {
			const step = next++;
			await turns.take();
			order.push(step);
			perTurn[perTurn.length - 1]++;
		}
	};
	await Promise.all(Array.from({ length: atOnce }, work));
	return { perTurn, order };
}

test.each([1, 3, 8, 50])(
	'%i steps at once: six go on in a turn of the event loop, in their order',
	async (atOnce) => {
		const { perTurn, order } = await stepsPerTurn(36, atOnce);
		expect(perTurn.filter((steps) => steps > 0)).toEqual([6, 6, 6, 6, 6, 6]);
		expect(order).toEqual(Array.from({ length: 36 }, (_, step) => step));
	},
);

test('a step after a pause does not wait', async () => {
	let rounds = 0;
	const turns = new EventLoopTurns(async () => {
		rounds++;
		await new Promise(setImmediate);
	});
	for (let step = 0; step < 6; step++) await turns.take();
	await new Promise(setImmediate);
	await new Promise(setImmediate);
	await turns.take();
	expect(rounds).toBe(2);
});
