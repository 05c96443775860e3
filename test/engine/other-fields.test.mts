/** The option Include Other Input Fields: what is passed on, what wins, and that no card leaves in clear text. */
import type { INodeParameters, IRun } from 'n8n-workflow';

import { useFixture, type Loose } from '../support/engineFixture.mts';
import { outputOf } from '../support/engine.mts';
import { operationsOf } from '../support/operations.mts';
import { CARD, payAll, rowsOf, sendToAccount } from '../support/payouts.mts';
import {
	continueError,
	continueRegular,
	jsonOf,
	runOperation,
	type RunSettings,
} from '../support/runOperation.mts';
import { sessionsOf } from '../support/sessions.mts';

const fixture = useFixture();
const { execute } = operationsOf(fixture);
const { createEmptySession, createWaitingPayout } = sessionsOf(fixture);

const include = { includeOtherFields: true };
/** A card number with a wrong check digit: only the name of its column says what it is. */
const WRONG_CARD = '4242424242424241';

/** Pays these rows with the option and an error output. */
const pay = async (rows: object[], settings: RunSettings = {}): Promise<IRun> =>
	await payAll(fixture, rows, {
		node: continueError,
		...settings,
		options: { ...include, ...settings.options },
	});

/** Everything that leaves the node, as one text. */
const everything = (run: IRun): string => JSON.stringify([jsonOf(run), jsonOf(run, 1)]);

const [row] = rowsOf('row', 1);

describe('results', () => {
	test('other columns follow the fields of the operation; the used card is left out', async () => {
		const run = await pay([
			{ ...row, dealId: 17, list: 'L', tags: ['a', { b: true }], none: null },
		]);
		const [item] = jsonOf(run);
		expect(item).toMatchObject({
			outcome: 'succeeded',
			reference: 'row-1',
			ref: 'row-1',
			dealId: 17,
			list: 'L',
			tags: ['a', { b: true }],
			none: null,
			name: row.name,
		});
		expect(item).not.toHaveProperty('card');
		const names = Object.keys(item as object);
		expect(names.indexOf('dealId')).toBeGreaterThan(names.indexOf('sessionId'));
		expect(everything(run)).not.toContain(CARD);
	});

	test('off by default: the fields of the operation only', async () => {
		const run = await payAll(fixture, [{ ...row, dealId: 17 }], { node: continueError });
		expect(jsonOf(run)[0]).not.toHaveProperty('dealId');
	});

	test('a column with the name of a field of the operation: the operation wins', async () => {
		const run = await pay([{ ...row, recipient: 'me', currency: 'USD', method: 'cash' }]);
		expect(jsonOf(run)[0]).toMatchObject({
			amount: '101.00',
			currency: 'RUB',
			method: 'cardNumber',
			recipient: '424242******4242',
		});
	});

	test('the state that an earlier node has output is never passed on as that of this one', async () => {
		await pay([row]);
		const earlier = {
			...{ outcome: 'succeeded', final: true, sessionId: 'ps_1', payoutId: 'po_1', errorCode: 'x' },
			...{ advice: 'old', error: 'old', message: 'mine' },
		};
		const run = await pay([{ ...row, ...earlier }], { executionId: '2' });
		const [item] = jsonOf(run);
		expect(item).toMatchObject({ outcome: 'duplicate', final: false, message: 'mine' });
		for (const name of ['sessionId', 'payoutId', 'error']) {
			expect(item).not.toHaveProperty([name]);
		}
		expect(item.advice).not.toBe('old');
		expect(item.errorCode).toBe('idempotency_key_already_exists');
	});
});

describe('what was used as a card, account or phone is left out', () => {
	test.each<[string, string, object]>([
		['a column', '={{ $json.card }}', {}],
		['a column in brackets', '={{ $json["Номер карты"] }}', { 'Номер карты': CARD }],
		['a method of a column', "={{ $json.spaced.replaceAll(' ', '') }}", { spaced: CARD }],
		['the input item', '={{ $input.item.json.card }}', {}],
		['a nested field', '={{ $json.person.card }}', { person: { card: CARD, city: 'Тула' } }],
		['a field of a list', '={{ $json.cards[1].no }}', { cards: [{ no: '1' }, { no: CARD }] }],
		[
			'two columns',
			'={{ $json.first }}{{ $json.second }}',
			{ first: '42424242', second: '42424242' },
		],
		['optional chaining', '={{ $json?.card }}', {}],
	])('%s', async (_name, cardNumber, columns) => {
		const { card, ...others } = { ...row, ...columns };
		const rows = [
			cardNumber.includes('.card }}') || cardNumber.includes('?.card')
				? { ...others, card }
				: others,
		];
		const run = await pay(rows, { parameters: { cardNumber } });
		expect(jsonOf(run)[0]).toMatchObject({ outcome: 'succeeded', ref: 'row-1' });
		expect(everything(run)).not.toMatch(/42424242/);
		if ('person' in columns) expect(jsonOf(run)[0].person).toEqual({ city: 'Тула' });
	});

	test('an account', async () => {
		const parameters = { ...sendToAccount, account: '={{ $json.acc }}', amount: '100' };
		const run = await pay([{ ref: 'a-1', acc: sendToAccount.account, city: 'Тула' }], {
			parameters,
		});
		expect(jsonOf(run)[0]).toMatchObject({ outcome: 'succeeded', city: 'Тула' });
		expect(everything(run)).not.toContain(sendToAccount.account);
	});

	test.each<[string, INodeParameters]>([
		['Map Automatically', { columns: { mappingMode: 'autoMapInputData', value: null } }],
		[
			'Map Each Column',
			{
				columns: {
					mappingMode: 'defineBelow',
					value: {
						reference: '={{ $json["№ выплаты"] }}',
						amount: '={{ $json["Сумма"] }}',
						recipientName: '={{ $json["ФИО"] }}',
						account: '={{ $json["Р/с"] }}',
						bik: '={{ $json["БИК"] }}',
						phone: '={{ $json["Телефон"] }}',
						fpsBankId: '={{ $json["Банк получателя"] }}',
						purpose: '={{ $json["Назначение платежа"] }}',
					},
				},
			},
		],
	])('From Each Row, %s', async (_name, mapping) => {
		const common = {
			Сумма: '100',
			ФИО: 'Иванов Иван Иванович',
			'Назначение платежа': 'Оплата по договору 131',
		};
		const rows = [
			{ '№ выплаты': 'm-1', ...common, 'Р/с': sendToAccount.account, БИК: '044525974', Отдел: 'А' },
			{
				'№ выплаты': 'm-2',
				...common,
				Телефон: '+7 968 000-00-00',
				'Банк получателя': '100000000131',
				Отдел: 'Б',
			},
		];
		const run = await runOperation(
			fixture,
			'payout',
			'send',
			{ payoutMethod: 'eachRow', ...mapping },
			{ rows, options: { ...include }, node: continueError },
		);
		expect(jsonOf(run).map(({ outcome, Отдел, ФИО }) => [outcome, Отдел, ФИО])).toEqual([
			['succeeded', 'А', common.ФИО],
			['succeeded', 'Б', common.ФИО],
		]);
		for (const item of jsonOf(run)) {
			expect(item).not.toHaveProperty(['Р/с']);
			expect(item).not.toHaveProperty(['Телефон']);
		}
	});
});

test('columns that cannot be recognised: the accounts among them are left out of the errors', async () => {
	const rows = [{ Сумма: '100', ФИО: 'Иванов Иван', 'Р/с': sendToAccount.account, Отдел: 'А' }];
	const parameters = {
		payoutMethod: 'eachRow',
		columns: { mappingMode: 'autoMapInputData', value: null },
	};
	const settings = { rows, options: { ...include }, node: continueError };
	const run = await runOperation(fixture, 'payout', 'send', parameters, settings);
	expect(jsonOf(run, 1)[0].error).toMatchObject({ outcome: 'rejected', Отдел: 'А' });
	expect(Object.keys(jsonOf(run, 1)[0].error as object)[0]).toBe('message');
	expect(everything(run)).not.toContain(sendToAccount.account);
});

describe('card numbers elsewhere in the input are masked', () => {
	test.each<[string, object]>([
		['in another column', { note: `card ${CARD}` }],
		['in groups', { note: '4242 4242 4242 4242' }],
		['as a number', { other: Number(CARD) }],
		['nested', { deep: [{ a: { b: CARD } }] }],
		['as the name of a column', { [CARD]: 'x' }],
		['in an object that is written as text', { date: { toJSON: () => CARD } }],
	])('%s', async (_name, columns) => {
		const run = await pay([
			{ ...row, ...columns },
			{ ...row, ...columns, ref: '', amount: 'a lot' },
		]);
		expect(jsonOf(run)).toHaveLength(1);
		expect(jsonOf(run, 1)).toHaveLength(1);
		const text = everything(run).replaceAll(' ', '');
		expect(text).not.toContain(CARD);
		expect(text).toContain('424242******4242');
	});
});

describe('errors', () => {
	/** The error of a row that fails in this way. */
	const failures: Array<[string, object, RunSettings]> = [
		['a row that is not valid', { amount: 'a lot' }, {}],
		[
			'a card that is not valid',
			{ card: WRONG_CARD },
			{ options: { verifyCheckDigits: 'always' } },
		],
		['a start that the bank refuses', { amount: '100.02' }, {}],
		['a credential that cannot be used', {}, { credential: { project: '' } }],
		['an expression that fails', {}, { parameters: { cardNumber: '={{ $json.card.no() }}' } }],
		['an option that is not valid', {}, { options: { parallelRequests: 'many' } }],
	];

	test.each(failures)(
		'%s: the fields are inside `error`, no card',
		async (_name, columns, more) => {
			const mine = { dealId: 17, message: 'mine', description: 'mine', problems: 'mine' };
			const rows = [row, { ...row, ref: 'row-2', ...columns }].map((one) => ({ ...one, ...mine }));
			const run = await pay(rows, more);
			const items = outputOf(run, 1);
			const last = items[items.length - 1];
			expect(Object.keys(last.json)).toEqual(['error']);
			const error = last.json.error as Loose;
			expect(error).toMatchObject({
				outcome: 'rejected',
				final: false,
				dealId: 17,
				name: row.name,
			});
			expect([error.message, error.description, error.problems]).not.toContain('mine');
			// n8n finds the input item by it, as by `{ item: 1 }`.
			expect(last.pairedItem).toBe(1);
			expect(everything(run)).not.toMatch(new RegExp(`${CARD}|${WRONG_CARD}`));
		},
	);

	test('a payout whose outcome is unknown keeps its session', async () => {
		for (const path of ['start/payout', 'session/status']) {
			fixture.sandbox.faults.add({ kind: 'resetAfter', times: 99, match: { path } });
		}
		const run = await pay([{ ...row, sessionId: 'mine', dealId: 17 }]);
		const { error } = jsonOf(run, 1)[0];
		expect(error).toMatchObject({ outcome: 'unknown', dealId: 17 });
		expect(error.sessionId).toMatch(/^ps_\d/);
	});

	test('the first row fails and On Error is Continue: the same shape among the results', async () => {
		const rows = [
			{ ...row, amount: 'a lot', dealId: 1 },
			{ ...row, ref: 'row-2', dealId: 2 },
		];
		const run = await pay(rows, { node: continueRegular });
		const [failed, paid] = jsonOf(run);
		expect(failed).toEqual({ error: expect.objectContaining({ outcome: 'rejected', dealId: 1 }) });
		expect(paid).toMatchObject({ outcome: 'succeeded', dealId: 2 });
	});
});

describe('operations', () => {
	test('Session: Create passes on what Payout: Start will use', async () => {
		const settings = { rows: [{ ...row, list: 'L' }], options: { ...include } };
		const parameters = { sessionReference: '={{ $json.ref }}' };
		const run = await runOperation(fixture, 'session', 'create', parameters, settings);
		const [opened] = jsonOf(run);
		expect(opened).toMatchObject({
			outcome: 'created',
			reference: 'row-1',
			amount: '101.00',
			list: 'L',
		});
	});

	test.each<[string, () => Promise<string>]>([
		['session.get', createEmptySession],
		['session.wait', createWaitingPayout],
		['session.confirm', createWaitingPayout],
		['session.cancel', createEmptySession],
	])('%s: other fields are in the result', async (operation, createSession) => {
		const [resource, value] = operation.split('.');
		const rows = [{ id: await createSession(), row: 7 }];
		const parameters = { sessionId: '={{ $json.id }}', waitFor: 'ready' };
		const settings = { rows, options: { ...include } };
		const run = await runOperation(fixture, resource, value, parameters, settings);
		expect(jsonOf(run)[0]).toMatchObject({ sessionId: rows[0].id, id: rows[0].id, row: 7 });
	});

	test('an operation with a list of items does not have the option', async () => {
		const settings = { rows: [{ dealId: 17 }], options: { ...include } };
		const { item } = await execute('balance.get', {}, settings as never);
		expect(item).not.toHaveProperty('dealId');
	});

	test('a value that is neither true nor false: rejected, nothing is sent', async () => {
		const run = await pay([row], { options: { includeOtherFields: '={{ "perhaps" }}' } });
		expect(jsonOf(run, 1)[0].error.message).toContain('neither true nor false');
		expect(fixture.sandbox.requests).toEqual([]);
	});
});
