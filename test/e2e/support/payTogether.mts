import type { PayingList, RegisterFamily } from './registerFamily.mts';

/**
 * Expects that executions that pay one list at once pay everybody once and report the same, and that a further run asks
 * the bank nothing.
 * @param list of 30 rows, from which 28 are to be paid
 * @param start starts the executions; resolves to their IDs
 */
export async function expectPaidOnceTogether(
	family: RegisterFamily,
	list: PayingList,
	start: () => Promise<string[]>,
): Promise<void> {
	const ids = await start();
	for (const id of ids) await family.waitFor(id);
	expect(await family.disagreements(list)).toEqual([]);
	const messages = family.chat.texts().filter((text) => text.startsWith(`${list.name}: `));
	expect(messages).toHaveLength(ids.length);
	expect(new Set(messages).size).toBe(1);
	expect(messages[0]).toContain('28 of 30 payouts are paid');

	const before = family.changes().length;
	await family.pay(list);
	expect(family.changes().slice(before)).toEqual([]);
}
