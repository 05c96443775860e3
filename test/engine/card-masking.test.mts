/** Card numbers stay out of outputs, errors, hints and the node context. */
import { useFixture } from '../support/engineFixture.mts';
import { continueError, continueRegular, jsonOf } from '../support/runOperation.mts';
import { CARD, payAll, rowsOf } from '../support/payouts.mts';
import { expectNotPaid } from '../support/ledger.mts';
import { errorOf, hintsOf } from '../support/engine.mts';

const fixture = useFixture();

describe('card numbers', () => {
	const cards = [
		CARD,
		'4242420000000018',
		'4242420000000026',
		'4242 4200 0000 0034',
		'2200-0000-0000-0004',
	];

	test.each([
		['stopWorkflow', {}],
		['continueRegularOutput', continueRegular],
		[
			'continueErrorOutput with Retry On Fail',
			{ ...continueError, retryOnFail: true, maxTries: 2 },
		],
	])('%s: in no output, error, hint or node context', async (_name, node) => {
		const rows = rowsOf('pan', 8).map((row, index) => ({
			...row,
			card: cards[index % cards.length],
		}));
		rows[6] = { ...rows[6], amount: CARD };
		rows[7] = { ...rows[7], card: `${CARD}0000` };
		for (const list of [rows, rows.slice(0, 5)]) {
			const run = await payAll(fixture, list, {
				node,
				options: { simplify: false, verifyCheckDigits: 'always' },
			});
			const texts = JSON.stringify({
				// n8n itself repeats the fields of the input beside an error on the error output.
				outputs: [jsonOf(run), jsonOf(run, 1).map(({ error }) => error)],
				error: errorOf(run)?.message,
				description: errorOf(run)?.description,
				hints: hintsOf(run),
				context: run.data.executionData?.contextData,
			});
			const withoutSeparators = texts.replace(/[\s-]/g, '');
			for (const card of cards) expect(withoutSeparators).not.toContain(card.replace(/\D/g, ''));
		}
	});

	test('error of a stopped run, as n8n stores it: no card number', async () => {
		const [row] = rowsOf('stored', 1);
		const run = await payAll(fixture, [{ ...row, amount: '100.02' }]);
		expect(JSON.stringify(run.data.resultData.error)).not.toContain(CARD);
		expectNotPaid(fixture.sandbox, ['stored-1']);
	});
});
