/** Checks of the fields of the payout methods: check digits, lengths, characters, receipts. */
import type { INodeParameters } from 'n8n-workflow';

import { useFixture } from '../support/engineFixture.mts';
import { payAll, rowsOf, type Row } from '../support/payouts.mts';
import { problemsOfRow } from '../support/validation.mts';
import { errorOf } from '../support/engine.mts';

const fixture = useFixture();

const account = (fields: INodeParameters = {}): INodeParameters => ({
	payoutMethod: 'bankAccount',
	account: '40817810400003869535',
	bik: '044525974',
	accountHolder: 'individual',
	purpose: 'Перевод по договору № 1, НДС не облагается',
	...fields,
});

describe('number with invalid check digits', () => {
	const invalidNumbers: Array<[string, Partial<Row>, INodeParameters, string]> = [
		['card', { card: '4242424242424241' }, {}, 'its check digit is wrong'],
		[
			'account',
			{},
			account({ account: '40817810100000270411', bik: '044525971' }),
			'check digit is wrong',
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

	test.each(invalidNumbers)(
		'%s, Verify Check Digits = always: refused without repeating the number',
		async (_name, row, parameters, message) => {
			const settings = { parameters, options: { verifyCheckDigits: 'always' } };
			const problems = await problemsOfRow(fixture, row, settings);
			expect(problems.join('\n')).toContain(message);
			expect(problems.join('\n')).not.toMatch(/\d{13}/);
			expect(fixture.sandbox.requests).toEqual([]);
		},
	);

	test.each(invalidNumbers)(
		'%s, never, or automatic with the sandbox: paid',
		async (_name, row, parameters) => {
			for (const verifyCheckDigits of ['never', 'automatic']) {
				fixture.sandbox.reset();
				expect(
					await problemsOfRow(fixture, row, { parameters, options: { verifyCheckDigits } }),
				).toBeUndefined();
				expect(fixture.sandbox.ledger.entries).toHaveLength(1);
			}
		},
	);

	test.each(invalidNumbers)(
		'%s, automatic with Environment = Live: refused',
		async (_name, row, parameters, text) => {
			// With Stop Workflow a row that is not valid sends nothing to the live bank.
			const [valid] = rowsOf('live', 1);
			const credential = { environment: 'live' };
			const run = await payAll(fixture, [{ ...valid, ...row }], { parameters, credential });
			const { message, description } = errorOf(run)!;
			expect(`${message} ${description}`).toContain(text);
		},
	);

	test.each<[string, object]>([
		['that leads to Live', { leadsToLive: true }],
		['that leads to Live by an expression', { leadsToLive: 'true' }],
		["of the bank's own Live host", { customUrl: 'https://proxy.bank131.ru/api/v1' }],
	])('automatic with a Custom URL %s: refused, no request is sent', async (_name, credential) => {
		for (const [, row, parameters, text] of invalidNumbers) {
			const [valid] = rowsOf('proxy', 1);
			const run = await payAll(fixture, [{ ...valid, ...row }], { parameters, credential });
			const { message, description } = errorOf(run)!;
			expect(`${message} ${description}`).toContain(text);
		}
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('never with a Custom URL that leads to Live: paid', async () => {
		const [[, row, parameters]] = invalidNumbers;
		const options = { verifyCheckDigits: 'never' };
		const credential = { leadsToLive: true };
		expect(await problemsOfRow(fixture, row, { parameters, options, credential })).toBeUndefined();
		expect(fixture.sandbox.ledger.entries).toHaveLength(1);
	});
});

describe('field that is not valid: refused with its label, no request is sent', () => {
	const purpose = 'Purpose';
	test.each<[string, INodeParameters, string[]]>([
		['Purpose with !', account({ purpose: 'Деньги!' }), [`${purpose}: Purpose holds "!"`]],
		['Purpose with ?', account({ purpose: 'Деньги?' }), [`${purpose}: Purpose holds "?"`]],
		[
			'Purpose of 211 characters',
			account({ purpose: 'я'.repeat(211) }),
			[`${purpose}: Purpose has 211`],
		],
		['empty Purpose', account({ purpose: '' }), [`${purpose}: Purpose is empty`]],
		['BIK of 8 digits', account({ bik: '44525974' }), ['BIK: BIK has 8 digits, not 9']],
		[
			'account number of 19 digits',
			account({ account: '4081781040000386953' }),
			['Account Number: Account has 19'],
		],
		[
			'account in dollars',
			account({ account: '40817840400003869535' }),
			['Account Number: Account 40817***9535 is not in rubles'],
		],
		[
			'company without INN and KPP',
			account({ accountHolder: 'legalEntity', account: '40702810200000000025' }),
			['Recipient INN: INN is empty', 'Recipient KPP: KPP is empty'],
		],
		[
			'sole proprietor with an INN of 10 digits',
			account({ accountHolder: 'soleProprietor', inn: '7727406020' }),
			['Recipient INN: INN has 10 digits'],
		],
		[
			'KPP of 8 digits',
			account({ accountHolder: 'legalEntity', inn: '7727406020', kpp: '70801001' }),
			['Recipient KPP: KPP has 8 digits'],
		],
		[
			'unknown Account Holder',
			account({ accountHolder: "={{ 'ООО' }}" }),
			['Account Holder: "ООО" is not one of the choices'],
		],
		[
			'Urgent (BESP) that is not a boolean',
			account({ urgent: "={{ 'срочно' }}" }),
			['Urgent (BESP): "срочно" is neither true nor false'],
		],
		[
			'phone without a country code',
			{ payoutMethod: 'fps', phone: '9680000000', fpsBankId: '100000000069', purpose: 'x' },
			['Phone Number: Phone has no country code'],
		],
		[
			'phone of 7 digits',
			{ payoutMethod: 'fps', phone: '+7 968 000', fpsBankId: '100000000069', purpose: 'x' },
			['Phone Number: Phone has 7 digits'],
		],
		[
			'FPS Purpose of 141 characters',
			{
				payoutMethod: 'fps',
				phone: '+79680000000',
				fpsBankId: '100000000069',
				purpose: 'я'.repeat(141),
			},
			[`${purpose}: Purpose has 141`],
		],
		[
			'FPS bank given as a BIK',
			{ payoutMethod: 'fps', phone: '+79680000000', fpsBankId: '044525974', purpose: 'x' },
			['Recipient Bank: Bank ID has 9 digits, not 12'],
		],
		[
			'card number given as a number',
			{ cardNumber: '={{ 4242424242424242 }}' },
			['Card Number: Card number came as a number'],
		],
		[
			'own account given as a number, which JavaScript rounds',
			{
				payFrom: 'settlement',
				sourceAccount: '={{ 40702810300200000013 }}',
				transferPurpose: 'Transfer',
			},
			['Your Account Number: Account number came as a number'],
		],
		[
			'account of a participant given as a number',
			{ senderDetails: { account: '={{ 40702810300200000013 }}', flat: '={{ 7 }}' } },
			['Sender Details: Account came as a number'],
		],
		[
			'treasury details given as a number and an object',
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
			['KBK (КБК): It is not text', 'Payee Account: It came as a number'],
		],
		[
			'card payout without Recipient Name',
			{ recipientName: '' },
			['Recipient Name: Full name is empty'],
		],
		[
			'wallet number of 3 digits',
			{ payoutMethod: 'yoomoney', walletAccount: '123' },
			['Wallet Number: YooMoney wallet has 3 digits'],
		],
		[
			'quarter 5',
			{ payoutMethod: 'tax', taxPeriodType: 'quarter', taxPeriodNumber: 5, taxPeriodYear: '2026' },
			['Period Number: There is no quarter 5'],
		],
		[
			'customer email without Customer Reference',
			{ additionalFields: { customerEmail: 'a@b.ru' } },
			['Customer Reference: The customer reference is empty'],
		],
		[
			'metadata that is a list',
			{ additionalFields: { metadata: '[1]' } },
			['Metadata (JSON): This is not a JSON object'],
		],
	])('%s', async (_name, parameters, expected) => {
		const problems = await problemsOfRow(fixture, {}, { parameters });
		expect(problems).toEqual(expected.map((text) => expect.stringContaining(text)));
		expect(fixture.sandbox.requests).toEqual([]);
	});
});

describe('payout with a receipt', () => {
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
			'services that add up to less than the amount',
			receipt([service('50.00'), service('50.00')]),
			'Services: The services add up to 100.00, the payout is 101.00',
		],
		[
			'services whose price times quantity is above the amount',
			receipt([service('101.00', 2)]),
			'Services: The services add up to 202.00',
		],
		[
			'seven services',
			receipt(Array.from({ length: 7 }, () => service('10'))),
			'Services: The receipt has 7 services',
		],
		['receipt without a service', receipt([]), 'Services: The receipt has no service'],
		['service without a name', receipt([service('101', 1, '')]), 'Name: A service has no name'],
		[
			'quantity of 0.5',
			receipt([service('202', 0.5)]),
			'Quantity: The quantity is not a whole number',
		],
		[
			'company as payer without an INN',
			receipt([service('101')], { payerInn: '' }),
			'Receipt Payer INN: It is empty',
		],
		[
			'company as payer without a name',
			receipt([service('101')], { payerName: '' }),
			'Receipt Payer Name: It is empty',
		],
		[
			'self-employed INN of 10 digits',
			receipt([service('101')], { selfEmployedInn: '7727406020' }),
			'Self-Employed INN: INN has 10 digits',
		],
		[
			'ambiguous price',
			receipt([service('1,500')]),
			'Price: The amount "1,500" can be read two ways',
		],
	])('%s: refused, no request is sent', async (_name, parameters, problem) => {
		expect((await problemsOfRow(fixture, {}, { parameters })).join('\n')).toContain(problem);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test.each<[string, INodeParameters]>([
		['one service without a price', receipt([service('')])],
		['two services that add up to the amount', receipt([service('50.50'), service('25.25', 2)])],
		[
			'individual as payer without INN and name',
			receipt([service('101')], { payerType: 'individual', payerInn: '', payerName: '' }),
		],
	])('%s: accepted', async (_name, parameters) => {
		expect(await problemsOfRow(fixture, {}, { parameters })).toBeUndefined();
		expect(fixture.sandbox.moneyMoved()).toBe(10100);
	});
});
