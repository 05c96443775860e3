/** Everything is checked before the first kopeck moves, and every mistake of every row is named at once. */
import type { INodeParameters } from 'n8n-workflow';

import { errorOf, hintsOf, outputOf } from '../support/engine.mts';
import {
	CARD,
	continueError,
	continueRegular,
	expectNotPaid,
	expectPaidOnce,
	jsonOf,
	openBench,
	paidFor,
	payAll,
	rowsOf,
	runOperation,
	type Bench,
	type Loose,
	type PayOptions,
	type Row,
} from '../support/bank131.mts';

let bench: Bench;

beforeAll(async () => {
	bench = await openBench();
});
afterAll(async () => await bench.sandbox.stop());
beforeEach(() => bench.sandbox.reset());

/** What the node says about one row whose columns are these; undefined when it takes it. */
async function complaintAbout(row: Partial<Row>, pay: PayOptions = {}): Promise<Loose> {
	const [good] = rowsOf('row', 1);
	const run = await payAll(bench, [{ ...good, ...row }], { node: continueRegular, ...pay });
	return jsonOf(run)[0].error?.problems?.map(({ field, message }: Loose) => `${field}: ${message}`);
}

describe('one bad row of many', () => {
	const rows = rowsOf('sheet', 12);
	rows[3] = { ...rows[3], amount: '1500.505', name: '' };
	rows[7] = { ...rows[7], card: '4242' };
	rows[11] = { ...rows[11], ref: '' };
	const bad = [3, 7, 11];
	const good = rows.filter((_, index) => !bad.includes(index));

	test('Stop: nothing is sent, and every mistake is named with its remedy', async () => {
		const run = await payAll(bench, rows, { node: { retryOnFail: true, maxTries: 3 } });
		expect(bench.sandbox.requests).toEqual([]);
		expect(bench.sandbox.sessions.count).toBe(0);
		const { message, description } = errorOf(run)!;
		expect(message).toBe('3 of 12 rows are not valid, so nothing was sent');
		expect(description?.split('\n')).toEqual([
			'Row 4: Amount: The amount has more than two decimals. Round it to two decimals, for example 1500.50.',
			'Row 4: Recipient Name: Full name is empty. Enter the full name.',
			'Row 8: Card Number: Card number has 4 digits, not 14 to 19. Copy the number again from the source.',
			'Row 12: Reference: Reference is empty. Enter the reference.',
		]);
	});

	test.each([
		['continueRegularOutput', continueRegular],
		['continueErrorOutput', continueError],
	])(
		'%s: the good ones are paid, the bad ones come back with what is wrong',
		async (mode, node) => {
			const run = await payAll(bench, rows, { node });
			expectPaidOnce(bench.sandbox, good);
			expect(bench.sandbox.sessions.count).toBe(good.length);
			const isBranch = mode === 'continueErrorOutput';
			const failures = isBranch ? jsonOf(run, 1) : jsonOf(run).filter(({ error }) => error);
			expect(failures.map(({ error }) => error)).toEqual([
				expect.objectContaining({
					reference: 'sheet-4',
					outcome: 'rejected',
					problems: [
						expect.objectContaining({
							field: 'Amount',
							remedy: expect.stringContaining('Round it'),
						}),
						expect.objectContaining({ field: 'Recipient Name' }),
					],
				}),
				expect.objectContaining({ reference: 'sheet-8', outcome: 'rejected' }),
				expect.objectContaining({ outcome: 'rejected' }),
			]);
			expect(jsonOf(run)).toHaveLength(isBranch ? good.length : rows.length);
			expect(hintsOf(run)[0].message).toContain('12 rows: 9 succeeded, 3 rejected');
		},
	);

	test('an expression that fails names its row', async () => {
		const parameters = {
			recipientName: "={{ $json.ref === 'sheet-2' ? $('Nobody').item.json.x : 'Я' }}",
		};
		const list = rowsOf('sheet', 3);
		const stopped = await payAll(bench, list, { parameters });
		expect(bench.sandbox.requests).toEqual([]);
		expect(errorOf(stopped)?.message).toMatch(/^Row 2: /);
		const run = await payAll(bench, list, { parameters, node: continueError });
		expect(jsonOf(run, 1)).toHaveLength(1);
		expect(outputOf(run, 1)[0].pairedItem).toEqual({ item: 1 });
		expectPaidOnce(bench.sandbox, [list[0], list[2]]);
	});

	test('more bad rows than anybody reads are summed up', async () => {
		const many = rowsOf('many', 300).map((row) => ({ ...row, amount: 'x' }));
		const { description } = errorOf(await payAll(bench, many))!;
		expect(description?.split('\n')).toHaveLength(51);
		expect(description).toContain('… and 250 more problems');
	});
});

describe('what keeps the whole batch from running is no payout for anybody', () => {
	const rows = rowsOf('batch', 2);

	test.each<[string, PayOptions, string]>([
		['no credential', { credentials: {} }, 'credential'],
		['a key that is no key', { credential: { privateKey: 'hello' } }, 'rivate Key'],
		['an address that is no address', { credential: { customUrl: 'hello' } }, 'Custom URL'],
		['no project', { credential: { project: '' } }, 'Project is empty'],
		[
			'an expression in Options that fails',
			{ options: { parallelRequests: "={{ $('Nobody').item.json.x }}" } },
			"Referenced node doesn't exist",
		],
	])('%s', async (_name, pay, says) => {
		const stopped = await payAll(bench, rows, pay);
		const { message, description } = errorOf(stopped)!;
		expect(`${message} ${description}`).toContain(says);
		for (const node of [continueRegular, continueError]) {
			const run = await payAll(bench, rows, { ...pay, node });
			expect(errorOf(run)).toBeUndefined();
			const output = node === continueError ? 1 : 0;
			expect(jsonOf(run, output).map(({ error }) => error.outcome)).toEqual([
				'rejected',
				'rejected',
			]);
			expect(JSON.stringify(jsonOf(run, output))).toContain(says);
			if (output === 1) expect(jsonOf(run)).toEqual([]);
		}
		expect(bench.sandbox.requests).toEqual([]);
	});
});

describe('amounts', () => {
	const readable: Array<[unknown, number]> = [
		['1500.50', 150050],
		['1 500,50', 150050],
		['1\u00a0500,5', 150050],
		['1,500.50', 150050],
		["1'500.50", 150050],
		['1.500,50', 150050],
		['1500.50 ₽', 150050],
		['1500 руб.', 150000],
		[1500.5, 150050],
		[1500, 150000],
		[0.01, 1],
		['0,01', 1],
		[8.2, 820],
		['1000000.99', 100000099],
	];

	test('what can be read is paid to the kopeck', async () => {
		const rows = rowsOf('amount', readable.length).map((row, index) => ({
			...row,
			amount: readable[index][0],
		}));
		const run = await payAll(bench, rows, { options: { parallelRequests: 20 } });
		expect(jsonOf(run).map(({ outcome, amountMinorUnits }) => [outcome, amountMinorUnits])).toEqual(
			readable.map(([, kopecks]) => ['succeeded', kopecks]),
		);
		const paid = rows.map(({ ref }) => paidFor(bench.sandbox, ref).map(({ amount }) => amount));
		expect(paid).toEqual(readable.map(([, kopecks]) => [kopecks]));
	});

	test.each<[unknown, string]>([
		['1,500', 'can be read two ways'],
		['1.500', 'can be read two ways'],
		['1500.505', 'more than two decimals'],
		[1500.505, 'more than two decimals'],
		[0.1 + 0.2, 'more than two decimals'],
		['0', 'zero'],
		[0, 'zero'],
		[-5, 'negative'],
		['-5', 'negative'],
		['(5.00)', 'negative'],
		['1e3', 'cannot be read'],
		[1e21, 'too large'],
		['1500$', 'marked "$"'],
		['', 'empty'],
		[null, 'empty'],
		[true, 'not a number'],
		['NaN', 'cannot be read'],
		['0100.00', 'starts with a zero'],
		['99999999999', 'above ten billion'],
		['١٥٠٠', 'cannot be read'],
	])('%p is refused', async (amount, says) => {
		expect(await complaintAbout({ amount })).toEqual([expect.stringContaining(says)]);
		expect(bench.sandbox.requests).toEqual([]);
	});

	test('in kopecks, when the user says so, and never by a misspelt word', async () => {
		const minor = { options: { amountUnit: 'minor' } };
		const [row] = rowsOf('minor', 1);
		await payAll(bench, [{ ...row, amount: '150050' }], minor);
		expect(bench.sandbox.moneyMoved()).toBe(150050);
		expect(await complaintAbout({ amount: '1500.50' }, minor)).toEqual([
			expect.stringContaining('not a whole number of kopecks'),
		]);
		const misspelt = { options: { amountUnit: "={{ 'Kopecks' }}" } };
		expect(await complaintAbout({ amount: '150000' }, misspelt)).toEqual([
			'Amount Unit: "Kopecks" is not one of the choices',
		]);
	});
});

describe('choices that an expression makes', () => {
	test.each<[string, INodeParameters, string]>([
		[
			'payout method',
			{ payoutMethod: "={{ 'paypal' }}" },
			'Payout Method: "paypal" is not a payout method',
		],
		[
			'confirmation',
			{ confirmation: "={{ 'Manual' }}" },
			'Confirmation: "Manual" is not one of the choices',
		],
		[
			'account',
			{ payFrom: "={{ 'escrow account' }}" },
			'Pay From: "escrow account" is not one of the choices',
		],
		[
			'receipt',
			{ issueReceipt: "={{ 'yes' }}" },
			'Issue Fiscal Receipt (Self-Employed): "yes" is neither true nor false',
		],
	])('%s: an unknown word is no choice', async (_name, parameters, says) => {
		expect(await complaintAbout({}, { parameters })).toContain(says);
		expect(bench.sandbox.requests).toEqual([]);
	});

	test('an empty cell is no choice: it must not mean "pay without approval"', async () => {
		const parameters = { confirmation: '={{ $json.nothing }}', payFrom: '={{ $json.nothing }}' };
		expect(await complaintAbout({}, { parameters })).toEqual([
			'Pay From: The expression gives nothing',
			'Confirmation: The expression gives nothing',
		]);
		const options = { amountUnit: '={{ $json.nothing }}' };
		expect(await complaintAbout({}, { options })).toEqual([
			'Amount Unit: The expression gives nothing',
		]);
		expect(bench.sandbox.requests).toEqual([]);
	});

	test('an empty cell is no currency: it must not mean rubles', async () => {
		const parameters = { additionalFields: { currency: '={{ $json.nothing }}' } };
		expect(await complaintAbout({}, { parameters })).toEqual(['Amount: The currency is empty']);
		expect(bench.sandbox.requests).toEqual([]);
	});

	test.each([
		[
			{ failOnDeclined: "={{ 'yes' }}" },
			'Fail on Declined Payout: "yes" is neither true nor false',
		],
		[{ timeLimit: "={{ 'a minute' }}" }, 'Wait at Most (Seconds): "a minute" is not a number'],
		[{ requestsPerSecond: "={{ '5,5' }}" }, 'Requests per Second: "5,5" is not a number'],
		[{ parallelRequests: "={{ 'all' }}" }, 'Parallel Requests: "all" is not a number'],
	])(
		'an option that cannot be understood does not quietly mean its default: %j',
		async (options, says) => {
			const run = await payAll(bench, rowsOf('option', 2), { options });
			const { message = '', description } = errorOf(run)!;
			expect(`${message}\n${description}`).toContain(says);
			expect(bench.sandbox.requests).toEqual([]);
		},
	);

	test('an option that an empty cell brings is the default', async () => {
		const options = { failOnDeclined: '={{ $json.nothing }}', timeLimit: '={{ $json.nothing }}' };
		expect(await complaintAbout({}, { options })).toBeUndefined();
		expect(bench.sandbox.ledger.entries).toHaveLength(1);
	});
});

describe('references', () => {
	test.each<[string, unknown, RegExp]>([
		['text', 'invoice-2026-0131', /^invoice-2026-0131$/],
		['with spaces inside', 'row 17', /^row 17$/],
		['a number', 42, /^42$/],
		['Cyrillic', 'Заказ №7', /^[0-9a-f]{64}$/],
		['emoji', '🧾-7', /^[0-9a-f]{64}$/],
		['65 characters', 'x'.repeat(65), /^[0-9a-f]{64}$/],
		['64 characters', 'x'.repeat(64), /^x{64}$/],
		['255 emoji', '🧾'.repeat(255), /^[0-9a-f]{64}$/],
		['one that looks like a card', '1700000000000', /^1700000000000$/],
	])('%s', async (_name, ref, key) => {
		const [row] = rowsOf('any', 1);
		const run = await payAll(bench, [{ ...row, ref }]);
		expect(jsonOf(run)[0]).toMatchObject({ outcome: 'succeeded', reference: String(ref) });
		expect(bench.sandbox.ledger.entries.map(({ idempotencyKey }) => idempotencyKey)).toEqual([
			expect.stringMatching(key),
		]);
		const again = await payAll(bench, [{ ...row, ref }], { executionId: '2' });
		expect(jsonOf(again)[0].outcome).toBe('duplicate');
		expect(bench.sandbox.ledger.entries).toHaveLength(1);
	});

	test('the two spellings of й and stray spaces are one reference', async () => {
		const [row] = rowsOf('nfc', 1);
		for (const ref of ['заказ й', ' заказ \u0438\u0306 ', 'заказ й\t']) {
			await payAll(bench, [{ ...row, ref }]);
		}
		expect(bench.sandbox.ledger.entries).toHaveLength(1);
	});

	test.each<[string, unknown, string]>([
		['256 characters', 'x'.repeat(256), '256 characters'],
		['a megabyte', 'x'.repeat(1_000_000), '1000000 characters'],
		['a line break', 'a\nb', 'line break'],
		['an object', { id: 1 }, 'not text'],
		['a number that lost digits', Number('12345678901234567890'), 'only 15 digits'],
		['only spaces', '   ', 'empty'],
	])('%s is refused', async (_name, ref, says) => {
		expect(await complaintAbout({ ref })).toEqual([expect.stringContaining(says)]);
	});

	test('a failed row keeps a reference that looks like a card number', async () => {
		// 13 digits that pass the Luhn check, as one in ten timestamps does.
		const [row] = rowsOf('luhn', 1);
		const ref = '1700000000004';
		const failing = await payAll(bench, [{ ...row, ref, amount: '100.02' }], {
			node: continueRegular,
		});
		expect(jsonOf(failing)[0].error.reference).toBe(ref);
	});
});

const account = (fields: INodeParameters = {}): INodeParameters => ({
	payoutMethod: 'bankAccount',
	account: '40817810400003869535',
	bik: '044525974',
	accountHolder: 'individual',
	purpose: 'Перевод по договору № 1, НДС не облагается',
	...fields,
});

describe('check digits', () => {
	const wrong: Array<[string, Partial<Row>, INodeParameters, string]> = [
		['card', { card: '4242424242424241' }, {}, 'its check digit is wrong'],
		[
			'account',
			{},
			account({ account: '40817810100000270411', bik: '044525971' }),
			'control digit is wrong',
		],
		[
			'INN',
			{},
			account({
				accountHolder: 'soleProprietor',
				inn: '123456789012',
				account: '40802810500000000016',
			}),
			'check digits are wrong',
		],
	];

	test.each(wrong)('%s: always', async (_name, row, parameters, says) => {
		const pay = { parameters, options: { verifyCheckDigits: 'always' } };
		const complaints = await complaintAbout(row, pay);
		expect(complaints.join('\n')).toContain(says);
		expect(complaints.join('\n')).not.toMatch(/\d{13}/);
		expect(bench.sandbox.requests).toEqual([]);
	});

	test.each(wrong)('%s: never, and automatic outside Live', async (_name, row, parameters) => {
		for (const verifyCheckDigits of ['never', 'automatic']) {
			bench.sandbox.reset();
			expect(
				await complaintAbout(row, { parameters, options: { verifyCheckDigits } }),
			).toBeUndefined();
			expect(bench.sandbox.ledger.entries).toHaveLength(1);
		}
	});

	test.each(wrong)('%s: automatic in Live', async (_name, row, parameters, says) => {
		// One bad row in Stop mode: nothing goes to the live bank.
		const [good] = rowsOf('live', 1);
		const credential = { environment: 'live' };
		const run = await payAll(bench, [{ ...good, ...row }], { parameters, credential });
		const { message, description } = errorOf(run)!;
		expect(`${message} ${description}`).toContain(says);
	});
});

describe('fields of the methods', () => {
	const purpose = 'Purpose';
	test.each<[string, INodeParameters, string[]]>([
		['purpose with !', account({ purpose: 'Деньги!' }), [`${purpose}: Purpose holds "!"`]],
		['purpose with ?', account({ purpose: 'Деньги?' }), [`${purpose}: Purpose holds "?"`]],
		[
			'purpose of 211 characters',
			account({ purpose: 'я'.repeat(211) }),
			[`${purpose}: Purpose has 211`],
		],
		['no purpose', account({ purpose: '' }), [`${purpose}: Purpose is empty`]],
		['BIK of 8 digits', account({ bik: '44525974' }), ['BIK: BIK has 8 digits, not 9']],
		[
			'account of 19 digits',
			account({ account: '4081781040000386953' }),
			['Account Number: Account has 19'],
		],
		[
			'account in dollars',
			account({ account: '40817840400003869535' }),
			['Account Number: Account 40817***9535 is not in rubles'],
		],
		[
			'no INN of a company',
			account({ accountHolder: 'legalEntity', account: '40702810200000000025' }),
			['Recipient INN: INN is empty', 'Recipient KPP: KPP is empty'],
		],
		[
			'INN of 10 digits for a proprietor',
			account({ accountHolder: 'soleProprietor', inn: '7727406020' }),
			['Recipient INN: INN has 10 digits'],
		],
		[
			'KPP of 8',
			account({ accountHolder: 'legalEntity', inn: '7727406020', kpp: '70801001' }),
			['Recipient KPP: KPP has 8 digits'],
		],
		[
			'holder by a strange word',
			account({ accountHolder: "={{ 'ООО' }}" }),
			['Account Holder: "ООО" is not one of the choices'],
		],
		[
			'urgent by a strange word',
			account({ urgent: "={{ 'срочно' }}" }),
			['Urgent (BESP): "срочно" is neither true nor false'],
		],
		[
			'phone without country',
			{ payoutMethod: 'fps', phone: '9680000000', fpsBankId: '100000000069', purpose: 'x' },
			['Phone Number: Phone has no country code'],
		],
		[
			'phone too short',
			{ payoutMethod: 'fps', phone: '+7 968 000', fpsBankId: '100000000069', purpose: 'x' },
			['Phone Number: Phone has 7 digits'],
		],
		[
			'FPS purpose of 141 characters',
			{
				payoutMethod: 'fps',
				phone: '+79680000000',
				fpsBankId: '100000000069',
				purpose: 'я'.repeat(141),
			},
			[`${purpose}: Purpose has 141`],
		],
		[
			'FPS bank by BIK',
			{ payoutMethod: 'fps', phone: '+79680000000', fpsBankId: '044525974', purpose: 'x' },
			['Recipient Bank: Bank ID has 9 digits, not 12'],
		],
		[
			'card as a number',
			{ cardNumber: '={{ 4242424242424242 }}' },
			['Card Number: Card number came as a number'],
		],
		[
			'own account as a number, which JavaScript rounds to twenty digits',
			{
				payFrom: 'settlement',
				sourceAccount: '={{ 40702810300200000013 }}',
				transferPurpose: 'Transfer',
			},
			['Your Account Number: Account number came as a number'],
		],
		[
			'account of a participant as a number',
			{ senderDetails: { account: '={{ 40702810300200000013 }}', flat: '={{ 7 }}' } },
			['Sender Details: Account came as a number'],
		],
		[
			'treasury details as numbers and objects',
			{
				payoutMethod: 'taxFull',
				tax_description: 'VAT',
				tax_oktmo: '45380000',
				tax_paymentReason: 'ТП',
				tax_period: 'КВ.02.2026',
				tax_payerInn: '9909000001',
				tax_payerKpp: '774751001',
				tax_payeeName: 'Казначейство России',
				tax_payeeAccount: '={{ 3100643000000018500 }}',
				tax_kbk: "={{ ({ kbk: '18201061201010000510' }) }}",
			},
			['KBK: It is not text', 'Payee Account: It came as a number'],
		],
		['card without a name', { recipientName: '' }, ['Recipient Name: Full name is empty']],
		[
			'wallet too short',
			{ payoutMethod: 'yoomoney', walletAccount: '123' },
			['Wallet Number: YooMoney wallet has 3 digits'],
		],
		[
			'quarter 5',
			{ payoutMethod: 'tax', taxPeriodType: 'quarter', taxPeriodNumber: 5, taxPeriodYear: '2026' },
			['Period Number: There is no quarter 5'],
		],
		[
			'contact without customer',
			{ additionalFields: { customerEmail: 'a@b.ru' } },
			['Customer Reference: The customer reference is empty'],
		],
		[
			'metadata that is no object',
			{ additionalFields: { metadata: '[1]' } },
			['Metadata (JSON): This is not a JSON object'],
		],
	])('%s', async (_name, parameters, says) => {
		const complaints = await complaintAbout({}, { parameters });
		expect(complaints).toEqual(says.map((text) => expect.stringContaining(text)));
		expect(bench.sandbox.requests).toEqual([]);
	});
});

describe('receipts', () => {
	const receipt = (services: INodeParameters[], more: INodeParameters = {}): INodeParameters => ({
		...account(),
		issueReceipt: true,
		selfEmployedInn: '123456789012',
		payerType: 'legal',
		payerInn: '3316004777',
		payerName: 'OOO Vector',
		receiptServices: { service: services },
		...more,
	});
	const service = (price: string, quantity = 1, serviceName = 'Доставка') => ({
		serviceName,
		price,
		quantity,
	});

	test.each<[string, INodeParameters, string]>([
		[
			'the sum is wrong',
			receipt([service('50.00'), service('50.00')]),
			'Services: The services add up to 100.00, the payout is 101.00',
		],
		['quantity counts', receipt([service('101.00', 2)]), 'Services: The services add up to 202.00'],
		[
			'seven services',
			receipt(Array.from({ length: 7 }, () => service('10'))),
			'Services: The receipt has 7 services',
		],
		['no service', receipt([]), 'Services: The receipt has no service'],
		['a service without a name', receipt([service('101', 1, '')]), 'Name: A service has no name'],
		[
			'half a service',
			receipt([service('202', 0.5)]),
			'Quantity: The quantity is not a whole number',
		],
		[
			'a company without INN',
			receipt([service('101')], { payerInn: '' }),
			'Payer INN: The INN of the payer is missing',
		],
		[
			'a company without name',
			receipt([service('101')], { payerName: '' }),
			'Payer Name: The name of the payer is missing',
		],
		[
			'INN of 10 digits',
			receipt([service('101')], { selfEmployedInn: '7727406020' }),
			'Self-Employed INN: INN has 10 digits',
		],
		[
			'a price that can be read two ways',
			receipt([service('1,500')]),
			'Price: The amount "1,500" can be read two ways',
		],
	])('%s', async (_name, parameters, says) => {
		expect((await complaintAbout({}, { parameters })).join('\n')).toContain(says);
		expect(bench.sandbox.requests).toEqual([]);
	});

	test.each<[string, INodeParameters]>([
		['one service with the whole price', receipt([service('')])],
		['several', receipt([service('50.50'), service('25.25', 2)])],
		[
			'an individual needs no INN',
			receipt([service('101')], { payerType: 'individual', payerInn: '', payerName: '' }),
		],
	])('%s is fine', async (_name, parameters) => {
		expect(await complaintAbout({}, { parameters })).toBeUndefined();
		expect(bench.sandbox.moneyMoved()).toBe(10100);
	});
});

describe('card numbers stay inside', () => {
	const cards = [
		CARD,
		'4242420000000018',
		'4242420000000026',
		'4242 4200 0000 0034',
		'2200-0000-0000-0004',
	];

	test.each([
		['stopped', {}],
		['continued', continueRegular],
		['on the error branch', { ...continueError, retryOnFail: true, maxTries: 2 }],
	])('%s: in no output, error, hint or context', async (_name, node) => {
		const rows = rowsOf('pan', 8).map((row, index) => ({
			...row,
			card: cards[index % cards.length],
		}));
		rows[6] = { ...rows[6], amount: CARD };
		rows[7] = { ...rows[7], card: `${CARD}0000` };
		for (const list of [rows, rows.slice(0, 5)]) {
			const run = await payAll(bench, list, {
				node,
				options: { simplify: false, verifyCheckDigits: 'always' },
			});
			const seen = JSON.stringify({
				// n8n itself puts the input's fields beside an error on the error branch.
				outputs: [jsonOf(run), jsonOf(run, 1).map(({ error }) => error)],
				error: errorOf(run)?.message,
				description: errorOf(run)?.description,
				hints: hintsOf(run),
				context: run.data.executionData?.contextData,
			});
			const naked = seen.replace(/[\s-]/g, '');
			for (const card of cards) expect(naked).not.toContain(card.replace(/\D/g, ''));
		}
	});

	test('not even when n8n stores the error of a stopped run', async () => {
		const [row] = rowsOf('stored', 1);
		const run = await payAll(bench, [{ ...row, amount: '100.02' }]);
		expect(JSON.stringify(run.data.resultData.error)).not.toContain(CARD);
		expectNotPaid(bench.sandbox, ['stored-1']);
	});
});

test('an operation that does not exist is a failure, not a payout', async () => {
	for (const node of [{}, continueRegular, continueError]) {
		const run = await runOperation(bench, 'payout', 'give', {}, { node, rows: [{ a: 1 }] });
		const failed =
			errorOf(run)?.message ?? jsonOf(run, node === continueError ? 1 : 0)[0]?.error?.message;
		expect(failed).toContain('There is no operation "give" of "payout"');
		if (node === continueError) expect(jsonOf(run)).toEqual([]);
	}
});
