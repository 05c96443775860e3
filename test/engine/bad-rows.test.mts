/** No message about a bad row holds a word that only a program knows, unless the cell held it. */
import type { IDataObject } from 'n8n-workflow';

import { errorOf, hintsOf, outputOf } from '../support/engine.mts';
import { useFixture } from '../support/engineFixture.mts';
import { continueError, runOperation } from '../support/runOperation.mts';

const fixture = useFixture();

const GOOD: IDataObject = {
	Номер: 'PAY',
	ФИО: 'Иванов Иван',
	Сумма: '100',
	Валюта: 'RUB',
	Способ: 'карта',
	Карта: '4242424242424242',
};
const ACCOUNT = {
	Способ: 'счёт',
	Карта: '',
	Счёт: '40817810400003869535',
	БИК: '044525974',
	Назначение: 'Работы',
};
const PHONE = {
	Способ: 'СБП',
	Карта: '',
	Телефон: '+79680000000',
	Банк: '100000000111',
	Назначение: 'Работы',
};

/** Rows with one cell of another value, or without it. */
const variants = (row: IDataObject, cells: Record<string, unknown[]>) =>
	Object.entries(cells).flatMap(([name, values]) =>
		values.map((value) => ({ ...GOOD, ...row, [name]: value }) as IDataObject),
	);
const NOTHING = [undefined, null, '', ' '];
const rows = [
	...variants(
		{},
		{
			Номер: [...NOTHING, '\u200b', {}, [1, 2], 'x'.repeat(200), 1e300],
			ФИО: [...NOTHING, '-', {}, 'x'.repeat(300)],
			Сумма: [...NOTHING, '1,500', '01', -1, 0, '5 $', {}, [], true, 1e300, 'сто'],
			Валюта: ['тугрик', '', 5, {}],
			Способ: ['касса', 5, {}, 'кошелёк', 'счёт'],
			Карта: [...NOTHING, '42', 4.2e19, {}, '4242424242424241'],
			Чек: ['да', 'не знаю', 5],
			'ИНН самозанятого': ['1', '7727406020', {}],
			Подтверждение: ['директор', 7, {}],
			'Списать с': ['карман', 'эскроу', 'расчётный'],
		},
	),
	...variants(ACCOUNT, {
		Счёт: [...NOTHING, '40', '40817840400003869535', '4,1E+19', 4.1e19, {}],
		БИК: [...NOTHING, '44', '144525974', {}],
		'Тип получателя': ['ООО', 'кот', 7],
		Назначение: [...NOTHING, 'Да?', 'x'.repeat(300), {}],
		Срочно: ['скоро', 7],
	}),
	...variants(PHONE, {
		Телефон: [...NOTHING, '+8 968', '968', {}],
		Банк: [...NOTHING, '12', 'Сбирбанк', 'МТС', 'Магазин', {}],
	}),
	{ ...GOOD, Карта: '', Способ: '', Телефон: '+79680000000' },
	{ ...GOOD, ...ACCOUNT, ...PHONE, Способ: '' },
	{ ...GOOD, Способ: 'tax', Карта: '', 'Налоговый период': 'осень' },
	{ ...GOOD, Способ: 'taxFull', Карта: '' },
].map((row, index) => (row.Номер === 'PAY' ? { ...row, Номер: `PAY-${index}` } : row));

const PROGRAM_WORDS =
	/undefined|\bNaN\b|\[object|\bnull\b|fpsBankId|recipientName|cardNumber|payoutMethod|columns\./;

test.each([
	['Read List', 'readList', { readFrom: 'rows' }],
	[
		'Send',
		'send',
		{ payoutMethod: 'eachRow', columns: { mappingMode: 'autoMapInputData', value: null } },
	],
])('%s, over a hundred bad rows', async (_name, operation, parameters) => {
	const stopped = errorOf(await runOperation(fixture, 'payout', operation, parameters, { rows }))!;
	const run = await runOperation(fixture, 'payout', operation, parameters, {
		rows,
		node: continueError,
	});
	const errors = outputOf(run, 1).map(({ json }) => json.error as IDataObject);
	expect(errors.length).toBeGreaterThan(80);
	const texts = [
		stopped.message,
		stopped.description ?? '',
		...hintsOf(run).map(({ message }) => message),
		...errors.flatMap(({ message, description, problems = [] }) => [
			message,
			description,
			...(problems as IDataObject[]).flatMap((one) => Object.values(one)),
		]),
	];
	expect(texts.filter((text) => PROGRAM_WORDS.test(String(text)))).toEqual([]);
	for (const error of errors) expect(Object.values(error)).not.toContain(undefined);
});
