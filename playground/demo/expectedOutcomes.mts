/** Expected outcome of each row of `examples/recipients.csv`, by reference. Checked after every run of the demo. */
export const expectedOutcomes: Record<string, string> = {
	...all('succeeded', 101, 115),
	'PAY-0116': 'notSelfEmployed', // found by the check before the payout: no payout is started
	...all('rejected', 117, 119), // the three invalid rows
	'PAY-0120': 'failed', // declined by the card's bank
	'PAY-0121': 'succeeded', // the response is lost, the payout is booked
	'PAY-0122': 'succeeded', // confirmed by the confirming workflow
	'PAY-0123': 'succeeded',
	'PAY-0124': 'cancelled', // the order has another amount
};

/** Reference of the payout whose response the sandbox drops after booking it. */
export const lostResponseReference = 'PAY-0121';

function all(outcome: string, from: number, to: number): Record<string, string> {
	const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
	return Object.fromEntries(numbers.map((number) => [`PAY-0${number}`, outcome]));
}
