/** examples/register: a list is paid through a Data Table, once. */
import { RegisterFamily } from './support/registerFamily.mts';

let family: RegisterFamily;

beforeAll(async () => {
	family = await RegisterFamily.open();
});

afterAll(async () => await family?.close());

test('a list is paid once, and a second run asks the bank nothing', async () => {
	const list = await family.importList('once', 60, 25);
	await family.pay(list);
	expect(await family.disagreements(list)).toEqual([]);
	expect(family.chat.texts().at(-1)).toMatch(
		/^once: 56 of 60 payouts are paid\.\nonce-00014: failed/,
	);
	const before = family.playground.sandbox.requests.length;
	await family.pay(list);
	expect(family.playground.sandbox.requests).toHaveLength(before);
	expect(await family.disagreements(list)).toEqual([]);
});
