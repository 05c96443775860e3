import type { Playground } from '../../../playground/host/playground.mts';
import { readRegister } from '../../../playground/register/register.mts';
import { killMoments } from './killMoments.mts';
import { RegisterFamily, type OpenPlayground } from './registerFamily.mts';

const { REGISTER_ROWS = '60', REGISTER_MOMENTS = '2', REGISTER_SEED } = process.env;
const seed = Number(REGISTER_SEED ?? Date.now() % 1_000_000);

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
function randomNumbers(state: number): () => number {
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const random = randomNumbers(seed);
const drawn = Object.entries(killMoments)
	.map(([name, moment]) => ({ name, moment, at: random(), place: random() }))
	.sort((one, other) => one.place - other.place)
	.slice(0, Number(REGISTER_MOMENTS));

/**
 * Declares the tests of examples/register with a SIGKILL at moments that are drawn at run time. By default some moments
 * of a short list; all of a long one: CONTRIBUTING.md.
 */
export function testKilledRegister<Host extends Playground>(open: OpenPlayground<Host>): void {
	let family: RegisterFamily<Host>;

	beforeAll(async () => {
		process.stderr.write(`REGISTER_SEED=${seed} REGISTER_ROWS=${REGISTER_ROWS}\n`);
		family = await RegisterFamily.open(open);
	});

	afterAll(async () => await family?.close());

	test.each(drawn)(
		'killed $name: after one more run register and ledger agree, and the third run asks the bank nothing',
		async ({ name, moment, at }) => {
			const { sandbox, rest } = family.playground;
			const label = `k${Object.keys(killMoments).indexOf(name)}`;
			const list = await family.importList(label, Number(REGISTER_ROWS));
			await family.kill(await moment(family, list, at));
			const paid = sandbox.ledger.entries.filter(({ metadata }) =>
				JSON.stringify(metadata).includes(`"${label}-`),
			);
			process.stderr.write(
				`killed ${name} (${at.toFixed(3)}): ${paid.length} of ${REGISTER_ROWS} paid\n`,
			);
			await family.restart(list);
			sandbox.set({ webhookUrl: family.eventsUrl });

			await family.pay(list);
			expect(await family.disagreements(list)).toEqual([]);
			expect(family.chat.texts().at(-1)).not.toMatch(/duplicate|unknown/);

			const rows = await readRegister(rest, label);
			expect(rows.filter(({ outcome }) => outcome === 'duplicate')).toEqual([]);

			const before = family.changes().length;
			await family.pay(list);
			expect(family.changes().slice(before)).toEqual([]);
			expect(await family.disagreements(list)).toEqual([]);
		},
	);
}
