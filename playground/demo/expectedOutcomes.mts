/** How each row of `examples/recipients.csv` must end, and why. Checked after every run of the demo. */
export const expected: Record<string, string> = {
	...all('succeeded', 101, 115),
	'PAY-0116': 'notSelfEmployed', // the check before the payout says so: nothing is sent
	...all('rejected', 117, 119), // the three bad rows
	'PAY-0120': 'failed', // declined by the card's bank
	'PAY-0121': 'succeeded', // the answer was lost, the money was not
	'PAY-0122': 'succeeded', // confirmed by the second workflow
	'PAY-0123': 'succeeded',
	'PAY-0124': 'cancelled', // the second workflow found another amount in the order
};

/** The payout whose answer the demo's bank loses after it has booked it. */
export const lostAnswer = 'PAY-0121';

function all(outcome: string, from: number, to: number): Record<string, string> {
	const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
	return Object.fromEntries(numbers.map((number) => [`PAY-0${number}`, outcome]));
}
